using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Quantized operands as evaluators read them.</summary>
internal static class QuantizedOperands
{
    /// <summary>The elements less their zero points, which are per tensor or run along an axis.</summary>
    public static int[] Centered(Tensor tensor)
    {
        int[] values = tensor.ToInt32();
        var quantization = tensor.Type.Quantization;
        if (quantization is null) return values;
        int inner = quantization.IsPerChannel ? tensor.Type.Shape.Strides()[quantization.Axis] : 1;
        for (int i = 0; i < values.Length; i++) values[i] -= quantization.ZeroPoints[i / inner % quantization.ZeroPoints.Length];
        return values;
    }

    /// <summary>The number that an element stands for: (q - z) * s, or, fused, q * s + (s * -z) with one rounding.</summary>
    public static float Dequantize(TensorType type, int value, bool fused) =>
        fused ? (float)(value * (double)type.Scale + (type.Scale * -type.ZeroPoint)) : (value - type.ZeroPoint) * type.Scale;
}
