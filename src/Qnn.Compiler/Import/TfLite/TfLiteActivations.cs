using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>The range that a fused activation leaves to a result.</summary>
internal static class TfLiteActivations
{
    /// <summary>In real numbers.</summary>
    public static (float Min, float Max) RealRange(this TfLiteNode node, ActivationFunctionType activation) => activation switch
    {
        ActivationFunctionType.NONE => (float.NegativeInfinity, float.PositiveInfinity),
        ActivationFunctionType.RELU => (0, float.PositiveInfinity),
        ActivationFunctionType.RELU_N1_TO_1 => (-1, 1),
        ActivationFunctionType.RELU6 => (0, 6),
        _ => throw node.Unsupported($"its fused activation is {activation}"),
    };

    /// <summary>In quantized numbers of the node's output, inside the range of its type: TensorFlow Lite's CalculateActivationRangeQuantized.</summary>
    public static (int Min, int Max) QuantizedRange(this TfLiteNode node, ActivationFunctionType activation)
    {
        var (low, high) = Ir.IntegerRange.Of(node.OutputElement());
        var (min, max) = node.RealRange(activation);
        if (node.OutputQuantization() is not { IsPerChannel: false } quantization) throw node.Malformed("makes a quantized result without one scale");
        int Quantize(float real) => (int)Math.Clamp((double)quantization.ZeroPoint + (int)MathF.Round(real / quantization.Scale, MidpointRounding.AwayFromZero), low, high);
        return (float.IsInfinity(min) ? low : Quantize(min), float.IsInfinity(max) ? high : Quantize(max));
    }

    /// <summary>Whether a type holds small integers that are quantized in TensorFlow Lite.</summary>
    public static bool IsQuantized(this Ir.TensorType type) => type.Element is ElementType.U8 or ElementType.S8 or ElementType.S16;
}
