using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Rows of a float table put together bag by bag: their sum in order, each (weighted) row joining it with one rounding, the sum divided by their number, or the greatest of each column; 0 for an empty bag.
/// An index that is no row, or the padding's, does not count. Operands: table f32[R,C]; indices (int32, int64); offsets of the bags (int32, int64); weights f32, one an index (optional, sums only). Result: f32[bags,C].
/// </summary>
/// <param name="Mode">What becomes of the rows.</param>
/// <param name="IncludesLastOffset">Whether the last offset ends the last bag; else it begins one that ends with the indices.</param>
/// <param name="Padding">The row that does not count; -1 for none.</param>
internal sealed record RowBag(RowBagMode Mode, bool IncludesLastOffset, long Padding) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "row_bag";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (table, indices, offsets) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(table.Element == ElementType.F32 && table.Shape.Rank == 2, $"does not take the table {table}");
        Require(indices.Element is ElementType.S32 or ElementType.S64, $"does not take indices {indices}");
        Require(offsets.Element is ElementType.S32 or ElementType.S64 && offsets.Shape.Rank == 1 && offsets.Shape[0] >= (IncludesLastOffset ? 1 : 0), $"does not take offsets {offsets}");
        var weights = inputs.ElementAtOrDefault(3);
        Require(weights is null || Mode == RowBagMode.Sum && weights.Element == ElementType.F32 && weights.Shape.ElementCount == indices.Shape.ElementCount, $"does not take weights {weights}");
        return [new TensorType(ElementType.F32, new Shape(offsets.Shape[0] - (IncludesLastOffset ? 1 : 0), table.Shape[1]))];
    }
}
