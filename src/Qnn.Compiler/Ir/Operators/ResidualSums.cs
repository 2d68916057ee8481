using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// A convolution's accumulators and what is added to them, quantized: y = clamp(rint(fma(float(x - origin), factor, (float(sum) + bias) * scale) / s) + z) to the range of the type,
/// s and z being the result's quantization; every operation rounds, and the division is a multiplication by the reciprocal. oneDNN's post-operation "sum".
/// Operands: x (uint8 or int8, the result's type), factor (float32, one element), sums (int32, x's shape), scale and bias (float32, one element, or one for each index of the last axis; the bias optional).
/// Made by <see cref="Passes.FuseResidualSums"/>.
/// </summary>
/// <param name="Element">The type of x and of the result.</param>
/// <param name="Origin">What of x means 0: 128 where int8 data travel as uint8.</param>
internal sealed record ResidualSums(ElementType Element, int Origin = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.residual_sums";

    /// <inheritdoc/>
    public override int DataOperands => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (x, factor, sums, scale, bias) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2), Required(inputs, 3), inputs.ElementAtOrDefault(4));
        Require(Element is ElementType.U8 or ElementType.S8 && x.Element == Element && sums.Element == ElementType.S32 && x.Shape.Equals(sums.Shape) && x.Shape.Rank > 0, $"does not add {x} to {sums}");
        bool IsRow(TensorType t) => t.Element == ElementType.F32 && (t.Shape.ElementCount == 1 || t.Shape.ElementCount == x.Shape[-1]);
        Require(factor.Element == ElementType.F32 && factor.Shape.ElementCount == 1 && IsRow(scale) && (bias is null || IsRow(bias)), $"does not take {factor}, {scale} and {bias}");
        return [new TensorType(Element, x.Shape)];
    }
}
