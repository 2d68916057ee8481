using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Over the last axis: y = (x - mean) / sqrt(variance + Epsilon) * scale + bias, in ONNX Runtime's or PyTorch's arithmetic: docs/numerics.md.
/// Operands: data (float32), scale, bias (optional), of the last axis' extent.
/// </summary>
/// <param name="Epsilon">Keeps the divisor from 0.</param>
/// <param name="Kind">How mean and variance are found.</param>
internal sealed record LayerNormalization(float Epsilon, LayerNormalizationKind Kind = LayerNormalizationKind.TwoPasses) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "layer_normalization";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => null;

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis < outputs[0].Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, scale) = (Required(inputs, 0), Required(inputs, 1));
        var bias = inputs.Count > 2 ? inputs[2] : null;
        Require(data.Element == ElementType.F32 && data.Shape.Rank >= 1 && data.Shape[-1] > 0, $"does not take {data}");
        Require(scale.Element == ElementType.F32 && scale.Shape.ElementCount == data.Shape[-1], $"does not take scale {scale} with {data}");
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == data.Shape[-1], $"does not take bias {bias} with {data}");
        return [new TensorType(ElementType.F32, data.Shape)];
    }
}
