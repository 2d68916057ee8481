using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Evaluation;

/// <summary>The scale and zero point of single elements.</summary>
internal static class ChannelQuantization
{
    /// <summary>Those of the element at a row-major index.</summary>
    public static (float Scale, int ZeroPoint) At(TensorType type, int index)
    {
        if (type.Quantization is not { } quantization) throw new InvalidOperationException($"{type} is not quantized.");
        if (!quantization.IsPerChannel) return (quantization.Scale, quantization.ZeroPoint);
        int inner = 1;
        for (int axis = quantization.Axis + 1; axis < type.Shape.Rank; axis++) inner *= type.Shape[axis];
        int channel = index / inner % type.Shape[quantization.Axis];
        return (quantization.Scales[channel], quantization.ZeroPoints[channel]);
    }
}
