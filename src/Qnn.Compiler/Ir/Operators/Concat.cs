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
