using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>QUANTIZE, of real numbers and of quantized ones, and DEQUANTIZE.</summary>
internal static class Quantize
{
    [TfLiteOperator(BuiltinOperator.QUANTIZE)]
    public static void ImportQuantize(TfLiteNode node)
    {
        var (x, element) = (node.Input(0), node.OutputElement());
        if (node.OutputQuantization() is not { } output) throw node.Malformed("makes quantized numbers without a scale");
        if (output.IsPerChannel && !x.IsConstant) throw node.Unsupported("it quantizes each channel with a scale of its own");
        if (x.Type.Element == ElementType.F32)
        {
            var arithmetic = node.Numerics switch
            {
                TfLiteNumerics.Xnnpack when element != ElementType.S16 => QuantizeArithmetic.MultiplyEven,
                TfLiteNumerics.Reference => QuantizeArithmetic.DivideAway,
                _ => QuantizeArithmetic.DivideDoubleAway,
            };
            node.EmitResult(new Ir.Operators.Quantize(element, arithmetic), x);
            return;
        }
        if (x.Type.Quantization is not { IsPerChannel: false } input) throw node.Malformed("requantizes numbers without one scale");
        double factor = (double)input.Scale / output.Scale;
        if (x.Type.Element is ElementType.U8 or ElementType.S8 && element is ElementType.U8 or ElementType.S8)
        {
            node.EmitTable(Requantized(node, x.Type.Element, input, output));
        }
        else
        {
            var (min, max) = Ir.IntegerRange.Of(element);
            node.EmitResult(new QuantizedPiecewise(element, factor, factor, min, max), x);
        }
    }

    [TfLiteOperator(BuiltinOperator.DEQUANTIZE)]
    public static void ImportDequantize(TfLiteNode node)
    {
        var x = node.Input(0);
        if (x.Type.Element == ElementType.F16)
        {
            node.EmitResult(new Ir.Operators.Cast(ElementType.F32), x);
            return;
        }
        if (x.Type.Quantization is { IsPerChannel: true } && !x.IsConstant) throw node.Unsupported("it dequantizes channels with scales of their own");
        node.EmitResult(new Dequantize(), x);
    }

    /// <summary>8-bit numbers to 8-bit numbers: TensorFlow Lite's Requantize, or XNNPACK's conversion with a factor of 8 fractional bits.</summary>
    private static byte[] Requantized(TfLiteNode node, ElementType from, Ir.Quantization input, Ir.Quantization output)
    {
        var to = node.OutputElement();
        var (min, max) = Ir.IntegerRange.Of(to);
        float ratio = input.Scale / output.Scale;
        bool xnnpack = node.Numerics == TfLiteNumerics.Xnnpack && from == to && ratio is >= 1f / 256 and <= 128;
        int multiplier8 = (int)MathF.Round(256 * ratio);
        var factor = Lowering.FixedPointMultiplier.From((double)input.Scale / output.Scale);
        var table = new byte[256];
        for (int i = 0; i < 256; i++)
        {
            int value = (from == ElementType.U8 ? i : (sbyte)i) - input.ZeroPoint;
            long scaled = xnnpack ? (value * multiplier8 + 128) >> 8 : FixedPoint.MultiplyDouble(value, factor.Value, factor.Exponent);
            table[i] = (byte)Math.Clamp(scaled + output.ZeroPoint, min, max);
        }
        return table;
    }
}
