using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Over the last axis: y_i = exp(Beta * (x_i - max x)) / sum_j exp(Beta * (x_j - max x)), of real numbers x; <see cref="SoftmaxArithmetic"/> says how it is computed.
/// Operand: data (uint8, int8 or int16).
/// </summary>
/// <param name="Arithmetic">The framework's computation.</param>
/// <param name="Beta">The factor in the exponent.</param>
/// <param name="Element">The result's element type.</param>
internal sealed record QuantizedSoftmax(SoftmaxArithmetic Arithmetic, float Beta, ElementType Element) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.softmax";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis < outputs[0].Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Shape.Rank >= 1 && data.Quantization is { IsPerChannel: false }, $"does not take {data}");
        bool fits = Arithmetic == SoftmaxArithmetic.Table16
            ? data.Element == ElementType.S16 && Element == ElementType.S16
            : Arithmetic == SoftmaxArithmetic.Parts ? data.Element is ElementType.U8 or ElementType.S8 && Element == data.Element
            : data.Element is ElementType.U8 or ElementType.S8 && Element is ElementType.U8 or ElementType.S8 or ElementType.S16;
        Require(fits, $"does not make {Element.Name()} of {data.Element.Name()}");
        return [new TensorType(Element, data.Shape)];
    }
}
