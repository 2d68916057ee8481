using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>QNNPACK's functions of uint8 data, tables by formulas of its own: data as scale * (q - zero point), results with the zero point in them clamped, then rounded to even (sigmoid.c, tanh.c, hardsigmoid.c, hardswish.c).</summary>
internal static class QnnpackTables
{
    /// <summary>Whether QNNPACK computes a function of a call's data.</summary>
    public static bool Applies(TorchCall call) => call.Numerics == TorchNumerics.Qnnpack && call.Argument(0) is Value { Type: { Element: ElementType.U8, Quantization: { IsPerChannel: false } } };

    /// <summary>256 / (1 + exp(-x)), of scale 1 / 256.</summary>
    public static Value Sigmoid(TorchCall call) => Table(call, new Quantization(1f / 256, 0), x => 256f / (1f + (float)Math.Exp(-x)));

    /// <summary>128 * tanh(x) + 128, of scale 1 / 128.</summary>
    public static Value Tanh(TorchCall call) => Table(call, new Quantization(2f / 256, 128), x => (float)(128 * Math.Tanh(x) + 128));

    /// <summary>256 * clamp(x + 3, 0, 6) / 6, of scale 1 / 256.</summary>
    public static Value HardSigmoid(TorchCall call) => Table(call, new Quantization(1f / 256, 0), x => 256f * (MathF.Min(MathF.Max(x + 3, 0), 6) / 6));

    /// <summary>x * clamp(x + 3, 0, 6) / 6.</summary>
    public static Value HardSwish(TorchCall call, Quantization output)
    {
        float inverse = 1f / output.Scale;
        return Table(call, output, x => inverse * (x * MathF.Min(MathF.Max(x + 3, 0), 6) / 6) + output.ZeroPoint);
    }

    private static Value Table(TorchCall call, Quantization output, Func<float, float> function)
    {
        var data = call.Quantized(0);
        return Arithmetic.Table(call, data, output, q => (int)MathF.Round(Math.Clamp(function(data.Type.Scale * (q - data.Type.ZeroPoint)), byte.MinValue, byte.MaxValue), MidpointRounding.ToEven));
    }
}
