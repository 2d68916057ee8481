using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Float sums of quantized data and weights that a QuantizeLinear rounds, which are rounded from exact ones: which can be, and the operator.</summary>
internal static class RoundedSums
{
    /// <summary>The most products of a sum: exact ones of more might not fit 32 bits.</summary>
    public const int MostProducts = 1 << 16;

    /// <summary>Whether exact sums can stand for the float ones: of data of one scale and stored int8 weights whose zero points are 0, their scales one or along an axis, no scale being infinite.</summary>
    public static bool Fit(Value data, Value weights, int axis, QuantizeTarget target) =>
        data.Type.Quantization is { IsPerChannel: false } && weights is { IsConstant: true, Type: { Element: ElementType.S8, Quantization: { } q } } && q.ZeroPoints.All(z => z == 0) && (!q.IsPerChannel || q.Axis == axis)
        && float.IsFinite(data.Type.Scale) && float.IsFinite(target.Quantization.Scale) && q.Scales.All(s => double.Abs((double)data.Type.Scale * s / target.Quantization.Scale) <= float.MaxValue);

    /// <summary>The convolution, quantized as a QuantizeLinear does it.</summary>
    public static QnnFloatSumConv2D Of(Window2D window, FloatSum sum, QuantizeTarget target, int groups = 1) =>
        new(window, sum, target.Element, target.Quantization.Scale, target.Quantization.ZeroPoint, target.Low, target.High, groups);
}
