using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Over the last axis: y = rint(x * (sx / sy) - (sx * max x + log(sum of exp(sx * (x - max x)))) / sy) + zy, in single precision, the exponentials from a table: TensorFlow Lite's optimised kernel.
/// Operand: data (uint8 or int8).
/// </summary>
internal sealed record QuantizedLogSoftmax : Operator
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
