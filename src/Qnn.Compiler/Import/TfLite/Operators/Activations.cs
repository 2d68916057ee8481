using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Activations: on floats a function, on 8-bit numbers a table, on 16-bit ones TensorFlow Lite's own arithmetic.</summary>
internal static class Activations
{
    [TfLiteOperator(BuiltinOperator.RELU)]
    public static void Relu(TfLiteNode node) => Clamp(node, 0, float.PositiveInfinity);

    [TfLiteOperator(BuiltinOperator.RELU6)]
    public static void Relu6(TfLiteNode node) => Clamp(node, 0, 6);

    [TfLiteOperator(BuiltinOperator.RELU_N1_TO_1)]
    public static void Relu1(TfLiteNode node) => Clamp(node, -1, 1);

    [TfLiteOperator(BuiltinOperator.RELU_0_TO_1)]
    public static void Relu01(TfLiteNode node) => Clamp(node, 0, 1);

    [TfLiteOperator(BuiltinOperator.LEAKY_RELU)]
    public static void LeakyRelu(TfLiteNode node)
    {
        float alpha = node.Options<LeakyReluOptions>().Alpha;
        if (!node.Input(0).Type.IsQuantized())
        {
            node.EmitResult(new Unary(UnaryKind.LeakyRelu, alpha), node.Input(0));
            return;
        }
        var (input, output) = node.ElementwiseQuantization();
        double positive = input.Scale / output.Scale, negative = input.Scale * alpha / output.Scale;
        if (node.Input(0).Type.Element == ElementType.S16)
        {
            node.EmitResult(new QuantizedPiecewise(ElementType.S16, positive, negative, short.MinValue, short.MaxValue), node.Input(0));
            return;
        }
        float xnnPositive = input.Scale / output.Scale, xnnNegative = xnnPositive * alpha;
        bool xnnpack = node.Numerics == TfLiteNumerics.Xnnpack && xnnPositive is >= 1f / 256 and <= 128 && xnnNegative is >= -127.9375f and <= 128 && MathF.Abs(xnnNegative) >= 1f / 256;
        int multiplier8Positive = (int)MathF.Round(256 * xnnPositive), multiplier8Negative = (int)MathF.Round(256 * xnnNegative);
        node.EmitTable(TfLiteTables.Integers(node.OutputElement(), value =>
        {
            int v = value - input.ZeroPoint;
            int scaled = xnnpack ? (v * (v >= 0 ? multiplier8Positive : multiplier8Negative) + 128) >> 8 : Scale(v, v >= 0 ? positive : negative);
            return (long)scaled + output.ZeroPoint;
        }));
    }

    [TfLiteOperator(BuiltinOperator.LOGISTIC)]
    public static void Logistic(TfLiteNode node)
    {
        switch (node.Input(0).Type.Element)
        {
            case ElementType.S16: node.EmitTable(TfLiteSigmoid16.Logistic(node)); break;
            case ElementType.U8 or ElementType.S8: RealTable(node, x => 1f / (1f + FloatMath.LibraryExp(-x)), FloatMath.Logistic); break;
            default: node.EmitResult(new Unary(Real(node, UnaryKind.TfLiteLogistic, UnaryKind.XnnLogistic, UnaryKind.Logistic)), node.Input(0)); break;
        }
    }

    [TfLiteOperator(BuiltinOperator.TANH)]
    public static void Tanh(TfLiteNode node)
    {
        switch (node.Input(0).Type.Element)
        {
            case ElementType.S16: node.EmitTable(TfLiteSigmoid16.Tanh(node)); break;
            case ElementType.U8 or ElementType.S8: RealTable(node, MuslFunctions.Tanh, MuslFunctions.Tanh); break;
            default: node.EmitResult(new Unary(Real(node, UnaryKind.TfLiteTanh, UnaryKind.XnnTanh, UnaryKind.Tanh)), node.Input(0)); break;
        }
    }

    [TfLiteOperator(BuiltinOperator.ELU)]
    public static void Elu(TfLiteNode node)
    {
        if (!node.Input(0).Type.IsQuantized()) node.EmitResult(new Unary(Real(node, UnaryKind.TfLiteElu, UnaryKind.XnnElu, UnaryKind.Elu)), node.Input(0));
        else if (node.Input(0).Type.Element == ElementType.S16) throw node.Unsupported("it takes int16");
        else RealTable(node, TfLiteFunctions.Elu, TfLiteFunctions.Elu);
    }

    [TfLiteOperator(BuiltinOperator.GELU)]
    public static void Gelu(TfLiteNode node)
    {
        bool approximate = node.Options<GeluOptions>().Approximate;
        if (!node.Input(0).Type.IsQuantized()) node.EmitResult(new Unary(approximate ? Real(node, UnaryKind.TfLiteGeluTanh, UnaryKind.XnnGeluTanh, UnaryKind.GeluTanh) : Real(node, UnaryKind.TfLiteGelu, UnaryKind.XnnGelu, UnaryKind.Gelu)), node.Input(0));
        else Table8(node, approximate ? GeluTanh : Gelu);
    }

    /// <summary>Quantized: TensorFlow Lite's 16-bit fixed-point computation, for each of the 256 numbers.</summary>
    [TfLiteOperator(BuiltinOperator.HARD_SWISH)]
    public static void HardSwish(TfLiteNode node)
    {
        if (!node.Input(0).Type.IsQuantized())
        {
            node.EmitResult(new Unary(Real(node, UnaryKind.TfLiteHardSwish, UnaryKind.XnnHardSwish, UnaryKind.HardSwish)), node.Input(0));
            return;
        }
        if (node.Input(0).Type.Element == ElementType.S16) throw node.Unsupported("it takes int16");
        var (input, output) = node.ElementwiseQuantization();
        float fineScale = 1f / 128f * input.Scale;
        var outputFactor = FixedPointMultiplier.From(fineScale / output.Scale);
        var reluFactor = FixedPointMultiplier.From(fineScale / (3f / 32768f));
        if (outputFactor.Exponent > 0) throw node.Unsupported("its result's scale is too small");
        node.EmitTable(TfLiteTables.Integers(node.OutputElement(), value =>
        {
            int fine = (short)((value - input.ZeroPoint) * 128);
            int unshifted = DoublingHigh16(fine, Narrow(outputFactor.Value));
            // x / 3 as a 16-bit fraction, saturating where a left shift is needed: all but its last bit before the multiplication.
            int relu = fine;
            if (reluFactor.Exponent > 0) relu = Saturate16((long)relu << (reluFactor.Exponent - 1));
            relu = DoublingHigh16(relu, Narrow(reluFactor.Value));
            if (reluFactor.Exponent > 0) relu = Saturate16((long)relu << 1);
            if (reluFactor.Exponent < 0) relu = FixedPoint.DivideByPowerOfTwo(relu, -reluFactor.Exponent);
            relu = (relu + 32768) >> 1;
            int product = relu * unshifted / 32768;
            return (short)(FixedPoint.DivideByPowerOfTwo(product, -outputFactor.Exponent) + output.ZeroPoint);
        }));
    }

    // On the quantized, min and max are those of the result's numbers.
    private static void Clamp(TfLiteNode node, float min, float max)
    {
        if (!node.Input(0).Type.IsQuantized())
        {
            node.EmitResult(Unary.Clamp(min, max), node.Input(0));
            return;
        }
        var (input, output) = node.ElementwiseQuantization();
        var (low, high) = Ir.IntegerRange.Of(node.OutputElement());
        int Bound(float real) => (int)Math.Clamp(output.ZeroPoint + (double)MathF.Round(real / output.Scale, MidpointRounding.AwayFromZero), low, high);
        low = Bound(min);
        if (!float.IsPositiveInfinity(max)) high = Math.Max(Bound(max), low);
        double factor = input.Scale / output.Scale;
        if (node.Input(0).Type.Element == ElementType.S16) node.EmitResult(new QuantizedPiecewise(ElementType.S16, factor, factor, low, high), node.Input(0));
        else node.EmitTable(TfLiteTables.Integers(node.OutputElement(), value => Math.Clamp((long)Scale(value - input.ZeroPoint, factor) + output.ZeroPoint, low, high)));
    }

    /// <summary>A function of floats by kernel set.</summary>
    internal static UnaryKind Real(TfLiteNode node, UnaryKind builtin, UnaryKind xnnpack, UnaryKind reference) => node.Numerics switch
    {
        TfLiteNumerics.Xnnpack => xnnpack,
        TfLiteNumerics.Reference => reference,
        _ => builtin,
    };

    private static void RealTable(TfLiteNode node, Func<float, float> function, Func<float, float> xnnpack)
    {
        if (node.Numerics == TfLiteNumerics.Xnnpack) node.EmitXnnpackTable(xnnpack);
        else node.EmitRealTable(function);
    }

    private static void Table8(TfLiteNode node, Func<float, float> function)
    {
        if (node.Input(0).Type.Element == ElementType.S16) throw node.Unsupported("it takes int16");
        node.EmitRealTable(function);
    }

    /// <summary>MultiplyByQuantizedMultiplier with the factor made fixed-point.</summary>
    internal static int Scale(int value, double factor)
    {
        var fixedPoint = FixedPointMultiplier.From(factor);
        return FixedPoint.MultiplyDouble(value, fixedPoint.Value, fixedPoint.Exponent);
    }

    // gemmlowp's SaturatingRoundingDoublingHighMul of 16-bit numbers; b is not negative.
    private static int DoublingHigh16(int a, int b) => (a * b + (1 << 14)) >> 15;

    private static int Narrow(int multiplier) => multiplier >= int.MaxValue - 32768 ? short.MaxValue : (multiplier + 32768) >> 16;

    private static int Saturate16(long value) => (int)Math.Clamp(value, short.MinValue, short.MaxValue);

    private static float GeluTanh(float x) => 0.5f * x * (1 + MuslFunctions.Tanh(0.79788456080286535588f * (x + 0.044715f * x * x * x)));

    private static float Gelu(float x) => 0.5f * x * LibraryErf.MuslComplement(x * -0.70710678118654752440f);
}
