namespace Qnn.Compiler.Ir.Operators;

/// <summary>Repeats the whole operand along each axis: element i of axis a is element i % extent of the operand. Operand: data of any type.</summary>
/// <param name="Multiples">How often, one an axis.</param>
internal sealed record Tile(Ints Multiples) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "tile";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => this with { Multiples = Multiples.Scatter(axes) };

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => Multiples[axis] == 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(Multiples.Count == data.Shape.Rank && Multiples.All(m => m >= 0), $"{Multiples} does not fit {data.Shape}");
        var extents = new int[data.Shape.Rank];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            long extent = (long)data.Shape[axis] * Multiples[axis];
            Require(extent <= int.MaxValue, "the result is too large");
            extents[axis] = (int)extent;
        }
        return [new TensorType(data.Element, new Shape(extents))];
    }
}
