namespace Qnn.Compiler.Ir.Operators;

/// <summary>Axis i of the result is axis Permutation[i] of the operand. Operand: data of any type.</summary>
/// <param name="Permutation">A permutation of the axes.</param>
internal sealed record Transpose(Ints Permutation) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "transpose";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => Permutation.ToList().IndexOf(axis);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(Permutation.Order().SequenceEqual(Enumerable.Range(0, data.Shape.Rank)), $"{Permutation} does not permute the axes of {data.Shape}");
        return [new TensorType(data.Element, new Shape([.. Permutation.Select(axis => data.Shape[axis])]))];
    }
}
