using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Sums of rows of a quantized table, a sum for each bag of indices: sum over i of w[i] * (scale[row] * q + bias[row]), as FBGEMM adds: sum = fma(w * scale, q, sum + w * bias). An index that is no row adds nothing.
/// Operands: table u8[R, bytes], scales f32[R], biases f32[R], all constant; indices (int32, int64); offsets (int32, int64; optional: else every index is a bag); weights f32, one an index (optional).
/// Result: f32[bags, C], or [the indices' axes, C] without offsets.
/// </summary>
/// <param name="Bits">Bits of an element: 8, or 4, two of them a byte, the even column's in the low half.</param>
/// <param name="IncludesLastOffset">Whether the last offset ends the last bag; else it begins one that ends with the indices.</param>
internal sealed record EmbeddingBag(int Bits, bool IncludesLastOffset) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.embedding_bag";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (table, scales, biases, indices) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2), Required(inputs, 3));
        Require(table.Element == ElementType.U8 && table.Shape.Rank == 2, $"does not take the table {table}");
        foreach (var rows in (TensorType[])[scales, biases]) Require(rows.Element == ElementType.F32 && rows.Shape.ElementCount == table.Shape[0], $"does not take {rows} for the table {table}");
        Require(indices.Element is ElementType.S32 or ElementType.S64, $"does not take indices {indices}");
        var offsets = inputs.Count > 4 ? inputs[4] : null;
        Require(offsets is null || offsets.Element is ElementType.S32 or ElementType.S64 && offsets.Shape.Rank == 1 && offsets.Shape[0] >= (IncludesLastOffset ? 1 : 0), $"does not take offsets {offsets}");
        var weights = inputs.Count > 5 ? inputs[5] : null;
        Require(weights is null || weights.Element == ElementType.F32 && weights.Shape.ElementCount == indices.Shape.ElementCount, $"does not take weights {weights}");
        int columns = table.Shape[1] * (8 / Bits);
        int[] bags = offsets is null ? [.. indices.Shape.Span] : [offsets.Shape[0] - (IncludesLastOffset ? 1 : 0)];
        return [new TensorType(ElementType.F32, new Shape([.. bags, columns]))];
    }
}
