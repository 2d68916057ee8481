using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Over the last axis: y = rint(x * (sx / sy) - (sx * max x + log(sum of exp(sx * (x - max x)))) / sy) + zy, in single precision, the exponentials from a table: TensorFlow Lite's optimised kernel.
/// Or in fixed point, as its reference kernel: gemmlowp's exponential of 5 integer bits and a rational approximation of the logarithm. Operand: data (uint8 or int8).
/// </summary>
/// <param name="FixedPoint">Whether in fixed point; the result's scale is then 1/16, its zero point the greatest number.</param>
internal sealed record QuantizedLogSoftmax(bool FixedPoint = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.log_softmax";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => axes[^1] == axes.Count - 1 ? this : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.U8 or ElementType.S8 && data.Shape.Rank >= 1 && data.Quantization is { IsPerChannel: false }, $"does not take {data}");
        return [new TensorType(data.Element, data.Shape)];
    }
}
