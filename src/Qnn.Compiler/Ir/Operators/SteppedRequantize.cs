using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Accumulators to integers of 8 bits as oneDNN does it: y = clamp(rint((x * multiplier + bias) * Inverse + ZeroPoint), Minimum, Maximum), every step rounded to float, the last to even.
/// Operands: x s32[..., C]; multipliers f32[C]; biases f32[C] (optional); both constant.
/// </summary>
/// <param name="Inverse">The reciprocal of the result's scale.</param>
/// <param name="Output">Element type of the result: int8 or uint8.</param>
/// <param name="ZeroPoint">Zero point of the result.</param>
/// <param name="Minimum">The least result: the type's, or the fused activation's.</param>
/// <param name="Maximum">The greatest result.</param>
internal sealed record SteppedRequantize(float Inverse, ElementType Output, int ZeroPoint, int Minimum, int Maximum) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.stepped_requantize";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (sums, multipliers) = (Required(inputs, 0), Required(inputs, 1));
        Require(sums.Element == ElementType.S32 && sums.Shape.Rank > 0 && Output is ElementType.U8 or ElementType.S8, $"does not make {Output.Name()} of {sums}");
        Require(IsRow(multipliers) && (inputs.ElementAtOrDefault(2) is not { } bias || IsRow(bias)), $"does not take {multipliers} with {sums}");
        var (low, high) = IntegerRange.Of(Output);
        Require(float.IsFinite(Inverse) && low <= Minimum && Minimum <= Maximum && Maximum <= high && low <= ZeroPoint && ZeroPoint <= high, "clamps beyond its type");
        return [new TensorType(Output, sums.Shape)];

        bool IsRow(TensorType type) => type.Element == ElementType.F32 && type.Shape.ElementCount == sums.Shape[-1];
    }
}
