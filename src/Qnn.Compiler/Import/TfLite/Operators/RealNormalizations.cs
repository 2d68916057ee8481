using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>LOCAL_RESPONSE_NORMALIZATION, L2_NORMALIZATION, LOG_SOFTMAX and FAKE_QUANT .</summary>
internal static class RealNormalizations
{
    [TfLiteOperator(BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION)]
    public static void LocalResponse(TfLiteNode node)
    {
        var options = node.Options<LocalResponseNormalizationOptions>();
        node.EmitResult(new Ir.Operators.LocalResponseNormalization(options.Radius, options.Alpha, options.Beta, options.Bias), node.Input(0));
    }

    [TfLiteOperator(BuiltinOperator.L2_NORMALIZATION)]
    public static void L2Normalize(TfLiteNode node)
    {
        if (node.Input(0).Type.IsQuantized())
        {
            var (_, scale) = node.ElementwiseQuantization();
            // The arithmetic is made for this scale; TensorFlow Lite refuses others.
            if (scale.Scale != 1f / 128 || scale.ZeroPoint != (node.OutputElement() == ElementType.U8 ? 128 : 0)) throw node.Malformed($"has a result of scale {scale.Scale} and zero point {scale.ZeroPoint}, not 1/128");
            if (node.Options<L2NormOptions>().FusedActivationFunction != ActivationFunctionType.NONE) throw node.Unsupported("it has a fused activation");
            node.EmitResult(new Ir.Operators.QuantizedL2Normalize(), node.Input(0));
            return;
        }
        var (min, max) = node.RealRange(node.Options<L2NormOptions>().FusedActivationFunction);
        var unit = new Ir.Operators.L2Normalize();
        if (float.IsInfinity(min) && float.IsInfinity(max)) node.EmitResult(unit, node.Input(0));
        else node.EmitResult(Ir.Operators.Unary.Clamp(min, max), node.Emit(unit, node.Input(0)));
    }

    [TfLiteOperator(BuiltinOperator.LOG_SOFTMAX)]
    public static void LogSoftmax(TfLiteNode node)
    {
        if (!node.Input(0).Type.IsQuantized())
        {
            node.EmitResult(new Ir.Operators.LogSoftmax(), node.Input(0));
            return;
        }
        var (_, output) = node.ElementwiseQuantization();
        bool fixedPoint = node.Numerics == TfLiteNumerics.Reference;
        // The fixed-point arithmetic is made for this scale; TensorFlow Lite refuses others.
        if (fixedPoint && (output.Scale != 1f / 16 || output.ZeroPoint != (node.OutputElement() == ElementType.U8 ? 255 : 127))) throw node.Malformed($"has a result of scale {output.Scale} and zero point {output.ZeroPoint}, not 1/16 up to 0");
        node.EmitResult(new Ir.Operators.QuantizedLogSoftmax(fixedPoint), node.Input(0));
    }

    /// <summary>round((min(max(x, low), high) - low) / scale) * scale + low, with the range moved so that 0 is one of its steps.</summary>
    [TfLiteOperator(BuiltinOperator.FAKE_QUANT)]
    public static void FakeQuant(TfLiteNode node)
    {
        var options = node.Options<FakeQuantOptions>();
        if (options.NumBits is < 2 or > 16 || !(options.Min < options.Max)) throw node.Malformed($"has {options.NumBits} bits for {options.Min} to {options.Max}");
        float first = options.NarrowRange ? 1 : 0, last = (1 << options.NumBits) - 1;
        float scale = (options.Max - options.Min) / (last - first);
        float zero = Math.Clamp(MathF.Round(first - options.Min / scale, MidpointRounding.AwayFromZero), first, last);
        float low = (first - zero) * scale, high = (last - zero) * scale;
        Value Number(string name, float value) => node.AddConstant(name, Ir.Tensor.Scalar(value));
        var shifted = node.Emit(new Ir.Operators.Binary(BinaryKind.Subtract), node.Emit(Ir.Operators.Unary.Clamp(low, high), node.Input(0)), Number("low", low));
        var steps = node.Emit(new Ir.Operators.Binary(BinaryKind.Multiply), shifted, Number("inverse_scale", 1 / scale));
        // Not negative, so half up is away from 0.
        var rounded = node.Emit(new Ir.Operators.Unary(UnaryKind.Floor), node.Emit(new Ir.Operators.Binary(BinaryKind.Add), steps, Number("half", 0.5f)));
        var real = node.Emit(new Ir.Operators.Binary(BinaryKind.Multiply), rounded, Number("scale", scale));
        node.EmitResult(new Ir.Operators.Binary(BinaryKind.Add), real, Number("low", low));
    }
}
