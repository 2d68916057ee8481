using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Products of 8-bit matrices: sum over k of (a[.., m, k] - za) * (b[.., k, n] - zb), exact; with a multiplier y = clamp(rint(float(sum) * Multiplier) + ZeroPoint), halves to even.
/// Operands: a, b (uint8 or int8), za, zb (of one element and the type of a and b; absent for 0). Result: int32, or with a multiplier Output.
/// </summary>
/// <param name="Multiplier">The factor; 0 for the sums themselves.</param>
/// <param name="Output">The type of scaled results.</param>
/// <param name="ZeroPoint">Theirs.</param>
internal sealed record QuantizedMatMul(float Multiplier = 0, ElementType Output = ElementType.S32, int ZeroPoint = 0) : Operator
{
    /// <summary>Longer sums do not fit 32 bits for all operands.</summary>
    public const int LongestSum = 32768;

    /// <inheritdoc/>
    public override string Mnemonic => "qnn.matmul";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        operand < 2 && axis < Required(inputs, operand).Shape.Rank - (operand == 0 ? 1 : 2) ? axis + outputs[0].Shape.Rank - Required(inputs, operand).Shape.Rank : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element is ElementType.U8 or ElementType.S8 && b.Element is ElementType.U8 or ElementType.S8, $"does not take {a} and {b}");
        Require(a.Shape.Rank >= 2 && b.Shape.Rank >= 2 && b.Shape[-2] == a.Shape[-1] && a.Shape[-1] <= LongestSum, $"does not take {b} with {a}");
        for (int i = 0; i < 2; i++)
        {
            var zero = inputs.Count > 2 + i ? inputs[2 + i] : null;
            Require(zero is null || zero.Shape.ElementCount == 1 && zero.Element == (i == 0 ? a : b).Element, $"does not take the zero point {zero}");
        }
        var batch = Shape.Broadcast(new Shape(a.Shape.Span[..^2]), new Shape(b.Shape.Span[..^2]));
        Require(batch is not null, $"the leading axes of {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(Output, new Shape([.. batch!.Span, a.Shape[-2], b.Shape[-1]]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => (long)outputs[0].Shape.ElementCount * Required(inputs, 0).Shape[-1];
}
