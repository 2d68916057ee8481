using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Accumulators made real: y = float(sum - zero point * column) * factor (+ bias), rounded after each operation or, if fused, once. Operands: sums (int32 [.., N]); factor (float32, one element, or N);
/// bias (float32, N elements, optional); zero point (int32, one element) and columns (int32, N elements), both or neither. Made by <see cref="Passes.FuseScaledSums"/> and <see cref="Passes.SplitHybridConvolutions"/>.
/// </summary>
/// <param name="IsFused">Whether the bias, which there must be, is added to the product before that is rounded.</param>
internal sealed record ScaledSums(bool IsFused = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.scaled_sums";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (sums, factor) = (Required(inputs, 0), Required(inputs, 1));
        Require(sums.Element == ElementType.S32 && sums.Shape.Rank > 0 && factor.Element == ElementType.F32, $"does not take {sums} and {factor}");
        int columns = sums.Shape[-1];
        Require(factor.Shape.ElementCount == 1 || factor.Shape.ElementCount == columns, $"does not take {factor} with {sums}");
        var bias = inputs.ElementAtOrDefault(2);
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == columns, $"does not take the bias {bias}");
        Require(bias is not null || !IsFused, "has no bias to add");
        var (zero, totals) = (inputs.ElementAtOrDefault(3), inputs.ElementAtOrDefault(4));
        Require(zero is null == totals is null, "takes a zero point with the columns' sums only");
        Require(zero is null || zero.Element == ElementType.S32 && zero.Shape.ElementCount == 1 && totals!.Element == ElementType.S32 && totals.Shape.ElementCount == columns, $"does not take {zero} and {totals}");
        return [new TensorType(ElementType.F32, sums.Shape)];
    }
}
