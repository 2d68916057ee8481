using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Over the last axis: y = (x - zx) / sqrt(sum of (x - zx)^2), in steps of 1/128: TensorFlow Lite's fixed-point arithmetic, an inverse root by Newton's method, two roundings.
/// Operand: data (uint8, whose result has zero point 128, or int8, whose result has 0).
/// </summary>
internal sealed record QuantizedL2Normalize : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.l2_normalize";

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
