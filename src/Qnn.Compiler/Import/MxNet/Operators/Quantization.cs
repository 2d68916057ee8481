using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.MxNet.Operators;

/// <summary>Between floats and 8-bit integers, and from 32-bit ones. Formulas: docs/numerics.md.</summary>
internal static class Quantization
{
    [MxNetOperator("_contrib_quantize_v2")]
    private static void QuantizeV2(MxNetNode node)
    {
        var data = node.Input(0);
        var calibrated = node.Calibrated();
        if (data.Type.Element is ElementType.U8 or ElementType.S8)
        {
            var (min, max) = calibrated ?? (data.Type.Element == ElementType.U8 ? (0, 255.5f) : (-127.5f, 127.5f));
            node.Outputs(data, node.Constant(min), node.Constant(max));
            return;
        }
        var element = OutputType(node, "int8", calibrated);
        var (low, high) = calibrated is { } c ? (node.Constant(c.Low), node.Constant(c.High)) : node.Extremes(data);
        Quantize(node, data, low, high, element, MxNetNode.Range(element));
    }

    [MxNetOperator("_contrib_quantize")]
    private static void QuantizeV1(MxNetNode node)
    {
        var element = OutputType(node, "uint8", null);
        Quantize(node, node.Input(0), node.Input(1), node.Input(2), element, element == ElementType.U8 ? 255f : 127f);
    }

    [MxNetOperator("_contrib_dequantize")]
    private static void Dequantize(MxNetNode node)
    {
        var data = node.Input(0);
        if (data.Type.Element is not (ElementType.U8 or ElementType.S8)) throw node.Unsupported($"data of {data.Type.Element.Name()}");
        var scale = node.Divide(node.MaxAbs(node.Input(1), node.Input(2)), node.Constant(MxNetNode.Range(data.Type.Element)));
        node.Output(0, node.Multiply(node.ToFloat(data), scale));
    }

    [MxNetOperator("_contrib_requantize")]
    private static void Requantize(MxNetNode node)
    {
        var data = node.Input(0);
        var calibrated = node.Calibrated();
        var element = OutputType(node, "int8", calibrated);
        var inScale = node.Divide(node.MaxAbs(node.Input(1), node.Input(2)), node.Constant(2147483648f));
        Value range;
        if (calibrated is { } c)
        {
            range = node.Constant(MathF.Max(MathF.Abs(c.Low), MathF.Abs(c.High)));
        }
        else
        {
            var (low, high) = node.Extremes(data);
            range = node.Multiply(node.MaxAbs(node.ToFloat(low), node.ToFloat(high)), inScale);
        }
        var outScale = node.Divide(node.Constant(element == ElementType.U8 ? 255f : 127f), range);
        node.Outputs(node.Rescale(data, node.Multiply(inScale, outScale), element), element == ElementType.U8 ? node.Constant(0) : node.Negate(range), range);
    }

    [MxNetOperator("_contrib_quantize_asym")]
    private static void QuantizeAsymmetric(MxNetNode node)
    {
        var data = node.Input(0);
        var (low, high) = node.Calibrated() is { } c ? (node.Constant(c.Low), node.Constant(c.High)) : node.Extremes(data);
        var scale = node.Divide(node.Constant(255), node.Binary(BinaryKind.Subtract, high, low));
        var shift = node.Binary(BinaryKind.Subtract, node.Constant(255), node.Multiply(high, scale));
        node.Outputs(node.Round(node.Add(new MultiplyAdd(), data, scale, shift), ElementType.U8), scale, shift);
    }

    private static void Quantize(MxNetNode node, Value data, Value low, Value high, ElementType element, float range)
    {
        var maxAbs = node.MaxAbs(low, high);
        var quantized = node.Quantize(data, node.Divide(node.Constant(range), maxAbs), element);
        if (element == ElementType.U8) node.Outputs(quantized, low, high);
        else node.Outputs(quantized, node.Negate(maxAbs), maxAbs);
    }

    private static ElementType OutputType(MxNetNode node, string otherwise, (float Low, float High)? calibrated) => node.Attributes.Text("out_type", otherwise) switch
    {
        "int8" => ElementType.S8,
        "uint8" => ElementType.U8,
        "auto" => calibrated is { Low: >= 0 } ? ElementType.U8 : ElementType.S8,
        var type => throw node.Unsupported($"out_type {type}"),
    };
}
