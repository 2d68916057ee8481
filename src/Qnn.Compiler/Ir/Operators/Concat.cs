namespace Qnn.Compiler.Ir.Operators;

/// <summary>Joins tensors along an axis, elements as they are: quantized operands must have one scale and zero point. Operands: one or more of one type.</summary>
/// <param name="Axis">The axis, from 0.</param>
internal sealed record Concat(int Axis) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "concat";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => this with { Axis = axes[Axis] };

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis == Axis ? null : axis;

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (operands.Any(o => o is null)) return null;
        int count = inputs.Sum(i => i!.Shape.ElementCount);
        if (inputs[0]!.Shape.Rank != 1 || count > Bounds.Most) return Bounds.Of(operands.Min(o => o!.Hull.Low), operands.Max(o => o!.Hull.High));
        return new Bounds([.. operands.SelectMany((o, k) => Enumerable.Range(0, inputs[k]!.Shape.ElementCount).Select(i => o![i]))]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var first = Required(inputs, 0);
        Require((uint)Axis < (uint)first.Shape.Rank, $"axis {Axis} is none of {first.Shape}");
        long extent = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            var type = Required(inputs, i);
            bool fits = type.Element == first.Element && type.Shape.Rank == first.Shape.Rank;
            for (int axis = 0; fits && axis < first.Shape.Rank; axis++) fits = axis == Axis || type.Shape[axis] == first.Shape[axis];
            Require(fits, $"{type} does not fit {first}");
            extent += type.Shape[Axis];
        }
        Require(extent <= int.MaxValue, "the result is too large");
        var extents = first.Shape.ToArray();
        extents[Axis] = (int)extent;
        return [new TensorType(first.Element, new Shape(extents))];
    }
}
