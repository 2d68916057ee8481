using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Quantizes floats at run time, each index of the first axis with a scale of its own: q = clamp(round(x / scale) + zero point), halves away from zero.
/// Symmetric: scale = max |x| / 127, zero point 0, clamp to -127..127. Asymmetric: the range of x, widened to hold 0, is spread over -128..127.
/// Operand: f32[B, ...]. Results: s8 of the same shape, scales f32[B], zero points s32[B].
/// </summary>
/// <param name="Asymmetric">Whether zero points are chosen.</param>
/// <param name="TorchRange">0, or 255 or 127: PyTorch's choice of scale and zero point, spread over 0 to that; halves to even, moved to int8.</param>
/// <param name="Xnnpack">Whether scale and zero point are XNNPACK's: in single precision, halves to even.</param>
/// <param name="ByReciprocal">With a TorchRange: whether the scales go by their reciprocals, as oneDNN takes them.</param>
/// <param name="Fused">With a TorchRange: whether the zero point is added before rounding, as FBGEMM packs data.</param>
internal sealed record DynamicQuantize(bool Asymmetric, int TorchRange = 0, bool Xnnpack = false, bool ByReciprocal = false, bool Fused = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.dynamic_quantize";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank > 0, $"does not take {data}");
        var rows = new Shape(data.Shape[0]);
        return [new TensorType(ElementType.S8, data.Shape), new TensorType(ElementType.F32, rows), new TensorType(ElementType.S32, rows)];
    }
}
