using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Functions of one element. On quantized data a table: dequantized, computed in float, quantized.</summary>
internal static class Activations
{
    [TorchOperator("aten::relu")]
    public static object? Relu(TorchCall call) => Clamped(call, 0, null);

    [TorchOperator("quantized::relu6", "aten::relu6")]
    public static object? Relu6(TorchCall call) => Clamped(call, 0, 6);

    [TorchOperator("aten::hardtanh")]
    public static object? HardTanh(TorchCall call) => Clamped(call, call.Real(1, "min_val", -1), call.Real(2, "max_val", 1));

    [TorchOperator("aten::clamp", "aten::clip", "quantized::clamp")]
    public static object? Clamp(TorchCall call) => call.Argument(1, "min") is Value || call.Argument(2, "max") is Value || call.Tensor(0).Type is { Quantization: null, Element: ElementType.S64 }
        ? Between(call, call.OptionalTensor(1, "min"), call.OptionalTensor(2, "max"))
        : Clamped(call, call.Argument(1, "min") is null ? null : call.Real(1, "min"), call.Argument(2, "max") is null ? null : call.Real(2, "max"));

    [TorchOperator("aten::clamp_min")]
    public static object? ClampMin(TorchCall call) => call.Argument(1) is Value ? Between(call, call.Tensor(1), null) : Clamped(call, call.Real(1), null);

    [TorchOperator("aten::clamp_max")]
    public static object? ClampMax(TorchCall call) => call.Argument(1) is Value ? Between(call, null, call.Tensor(1)) : Clamped(call, null, call.Real(1));

    [TorchOperator("aten::sigmoid", "aten::special_expit")]
    public static object? Sigmoid(TorchCall call) => call.Tensor(0).Type.Quantization is null
        ? InMemory(call, UnaryKind.TorchLogistic, call.Tensor(0))
        : QnnpackTables.Applies(call) ? QnnpackTables.Sigmoid(call) : Fixed(call, UnaryKind.Logistic, Logistic, 1f / 256, 0, -128);

    [TorchOperator("quantized::sigmoid")]
    public static object? QuantizedSigmoid(TorchCall call) => QnnpackTables.Applies(call) ? QnnpackTables.Sigmoid(call) : Mapped(call, call.Quantized(0), call.Output(1, 2, call.Tensor(0).Type.Element), Logistic);

    [TorchOperator("aten::tanh")]
    public static object? Tanh(TorchCall call) => QnnpackTables.Applies(call) ? QnnpackTables.Tanh(call) : Fixed(call, UnaryKind.Tanh, MathF.Tanh, 2f / 256, 128, 0);

    [TorchOperator("aten::hardsigmoid")]
    public static object? HardSigmoid(TorchCall call)
    {
        if (QnnpackTables.Applies(call)) return QnnpackTables.HardSigmoid(call);
        if (call.Tensor(0).Type.Quantization is not null) return Fixed(call, UnaryKind.Logistic, HardLogistic, 1f / 256, 0, -128);
        var shifted = call.Emit(new Binary(BinaryKind.Add, 0, 6), call.Tensor(0), TorchCall.Constant(3f));
        return call.Emit(new Binary(BinaryKind.Divide), shifted, TorchCall.Constant(6f));
    }

    [TorchOperator("quantized::hardswish")]
    public static object? QuantizedHardSwish(TorchCall call)
    {
        var data = call.Quantized(0);
        var output = call.Output(1, 2, data.Type.Element);
        return QnnpackTables.Applies(call) ? QnnpackTables.HardSwish(call, output) : Mapped(call, data, output, HardSwishOf);
    }

    [TorchOperator("aten::hardswish")]
    public static object? HardSwish(TorchCall call) => QnnpackTables.Applies(call) ? QnnpackTables.HardSwish(call, call.Tensor(0).Type.Quantization!) : Kept(call, UnaryKind.HardSwish, HardSwishOf);

    [TorchOperator("aten::gelu")]
    public static object? Gelu(TorchCall call)
    {
        var data = call.Tensor(0);
        // oneDNN takes what lies contiguously.
        if (call.Text(1, "approximate") != "tanh") return data.Type is { Element: ElementType.F32, Quantization: null } && !call.Formats.IsContiguous(data) ? InMemory(call, UnaryKind.TorchGelu, data) : Kept(call, UnaryKind.OneDnnGelu, FloatMath.Gelu);
        return data.Type.Quantization is { } same
            ? Mapped(call, data, same, x => (float)(0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))))
            : InMemory(call, UnaryKind.TorchGeluTanh, data);
    }

    [TorchOperator("aten::silu")]
    public static object? Silu(TorchCall call)
    {
        var data = call.Tensor(0);
        return data.Type.Quantization is { } same ? Mapped(call, data, same, x => x * Logistic(x)) : InMemory(call, UnaryKind.TorchSilu, data);
    }

    [TorchOperator("aten::exp")]
    public static object? Exp(TorchCall call) => call.Argument(0) is double or long ? Math.Exp(call.Real(0)) : Kept(call, UnaryKind.Exp, MathF.Exp);

    [TorchOperator("aten::log")]
    public static object? Log(TorchCall call) => call.Argument(0) is double or long ? Math.Log(call.Real(0)) : Kept(call, UnaryKind.Log, MathF.Log);

    [TorchOperator("aten::sqrt")]
    public static object? Sqrt(TorchCall call) => call.Argument(0) is double or long ? Math.Sqrt(call.Real(0)) : Kept(call, UnaryKind.Sqrt, MathF.Sqrt);

    [TorchOperator("aten::rsqrt")]
    public static object? Rsqrt(TorchCall call) => Kept(call, UnaryKind.Rsqrt, x => 1 / MathF.Sqrt(x));

    [TorchOperator("aten::abs", "aten::absolute")]
    public static object? Abs(TorchCall call) => Kept(call, UnaryKind.Abs, MathF.Abs);

    [TorchOperator("aten::floor")]
    public static object? Floor(TorchCall call) => call.Argument(0) is double real ? (long)Math.Floor(real) : Kept(call, UnaryKind.Floor, MathF.Floor);

    [TorchOperator("aten::ceil")]
    public static object? Ceil(TorchCall call) => call.Argument(0) is double real ? (long)Math.Ceiling(real) : Kept(call, UnaryKind.Ceil, MathF.Ceiling);

    /// <summary>(x, decimals): ties to even; of x times or by a power of ten, which is undone.</summary>
    [TorchOperator("aten::round", "aten::special_round")]
    public static object? Round(TorchCall call)
    {
        if (call.Argument(1, "decimals") is not null && call.Int(1, "decimals") is not 0 and var decimals)
        {
            var (there, back) = decimals > 0 ? (BinaryKind.Multiply, BinaryKind.Divide) : (BinaryKind.Divide, BinaryKind.Multiply);
            var ten = TorchCall.Constant((float)Math.Pow(10, Math.Abs((double)decimals)));
            return call.Emit(new Binary(back), call.Emit(new Unary(UnaryKind.Round), call.Emit(new Binary(there), Functions.Real(call, 0), ten)), ten);
        }
        return Kept(call, UnaryKind.Round, x => MathF.Round(x, MidpointRounding.ToEven));
    }

    [TorchOperator("aten::erf", "aten::special_erf")]
    public static object? Erf(TorchCall call) => Kept(call, UnaryKind.Erf, FloatMath.Erf);

    [TorchOperator("aten::square")]
    public static object? Square(TorchCall call) => Kept(call, UnaryKind.Square, x => x * x);

    [TorchOperator("quantized::leaky_relu")]
    public static object? QuantizedLeakyRelu(TorchCall call)
    {
        float slope = (float)call.Real(1);
        return Mapped(call, call.Quantized(0), call.Output(3, 4, call.Tensor(0).Type.Element), x => x > 0 ? x : x * slope);
    }

    /// <summary>(data, share, train)</summary>
    [TorchOperator("aten::dropout", "aten::feature_dropout", "aten::alpha_dropout", "aten::feature_alpha_dropout")]
    public static object? Dropout(TorchCall call) => call.Flag(2, "train") && call.Real(1, "p") != 0 ? throw call.Trains() : call.Argument(0);

    /// <summary>Outside of training the slope is the middle of its bounds.</summary>
    [TorchOperator("aten::rrelu")]
    public static object? RandomizedLeakyRelu(TorchCall call)
    {
        if (call.Flag(3, "training")) throw call.Trains();
        float slope = (float)((call.Real(1, "lower", 1.0 / 8) + call.Real(2, "upper", 1.0 / 3)) / 2);
        return Kept(call, UnaryKind.LeakyRelu, x => x > 0 ? x : x * slope, slope);
    }

    [TorchOperator("aten::leaky_relu")]
    public static object? LeakyRelu(TorchCall call)
    {
        float slope = (float)call.Real(1, "negative_slope", 0.01);
        return Kept(call, UnaryKind.LeakyRelu, x => x > 0 ? x : x * slope, slope);
    }

    [TorchOperator("quantized::elu")]
    public static object? QuantizedElu(TorchCall call) =>
        Mapped(call, call.Quantized(0), call.Output(1, 2, call.Tensor(0).Type.Element), EluOf((float)call.Real(3, "alpha", 1), (float)call.Real(4, "scale", 1), (float)call.Real(5, "input_scale", 1)));

    [TorchOperator("quantized::celu")]
    public static object? QuantizedCelu(TorchCall call)
    {
        double alpha = call.Real(3, "alpha", 1);
        return Mapped(call, call.Quantized(0), call.Output(1, 2, call.Tensor(0).Type.Element), EluOf((float)alpha, 1, (float)(1 / alpha)));
    }

    [TorchOperator("aten::elu")]
    public static object? Elu(TorchCall call)
    {
        float alpha = (float)call.Real(1, "alpha", 1), scale = (float)call.Real(2, "scale", 1), input = (float)call.Real(3, "input_scale", 1);
        var data = call.Tensor(0);
        if (data.Type.Quantization is { } same) return Mapped(call, data, same, EluOf(alpha, scale, input));
        return EluOf(call, data, alpha, scale, input);
    }

    [TorchOperator("aten::celu")]
    public static object? Celu(TorchCall call)
    {
        float alpha = (float)call.Real(1, "alpha", 1);
        return EluOf(call, call.Tensor(0), alpha, 1, 1 / alpha);
    }

    [TorchOperator("aten::selu")]
    public static object? Selu(TorchCall call) => EluOf(call, call.Tensor(0), 1.6732632423543772f, 1.0507009873554805f, 1);

    [TorchOperator("aten::softplus")]
    public static object? Softplus(TorchCall call)
    {
        float beta = (float)call.Real(1, "beta", 1), threshold = (float)call.Real(2, "threshold", 20);
        return SoftplusOf(call, call.Tensor(0), beta, threshold);
    }

    [TorchOperator("aten::mish")]
    public static object? Mish(TorchCall call) => InMemory(call, UnaryKind.TorchMish, Functions.Real(call, 0));

    [TorchOperator("aten::reciprocal")]
    public static object? Reciprocal(TorchCall call) => call.Emit(new Binary(BinaryKind.Divide), TorchCall.Constant(1f), call.Tensor(0));

    [TorchOperator("aten::sign", "aten::sgn")]
    public static object? Sign(TorchCall call) => call.Emit(new Unary(UnaryKind.Sign), call.Tensor(0));

    [TorchOperator("aten::trunc", "aten::fix")]
    public static object? Truncate(TorchCall call) => Truncated(call, call.Tensor(0));

    [TorchOperator("aten::frac")]
    public static object? Fraction(TorchCall call) => call.Emit(new Binary(BinaryKind.Subtract), call.Tensor(0), Truncated(call, call.Tensor(0)));

    [TorchOperator("aten::log_sigmoid")]
    public static object? LogSigmoid(TorchCall call)
    {
        // min(x, 0) - log(1 + exp(-|x|)), all of it in vectors.
        var data = Functions.Real(call, 0);
        var below = call.Emit(new Unary(UnaryKind.Negate), call.Emit(new Unary(UnaryKind.Abs), data));
        return call.Emit(new Binary(BinaryKind.Subtract), call.Emit(Unary.Clamp(float.NegativeInfinity, 0), data), call.Emit(new Unary(UnaryKind.SleefLog1PExp), below));
    }

    /// <summary>The first half along an axis times the logistic function of the second.</summary>
    [TorchOperator("aten::glu")]
    public static object? Glu(TorchCall call)
    {
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(1, "dim", -1), data.Type.Shape.Rank), half = data.Type.Shape[axis] / 2;
        if (data.Type.Quantization is not null || data.Type.Shape[axis] % 2 != 0) throw call.Unsupported($"it halves {data.Type}");
        var gate = Shaping.Along(call, data, axis, half, 1, half);
        call.Formats.Part(gate, data);
        return call.Emit(new Binary(BinaryKind.Multiply), Shaping.Along(call, data, axis, 0, 1, half), InMemory(call, UnaryKind.TorchLogistic, gate));
    }

    /// <summary>x, but 0 where its magnitude is at most lambda.</summary>
    [TorchOperator("aten::hardshrink")]
    public static object? HardShrink(TorchCall call) => call.Emit(new Select(), Beyond(call), call.Tensor(0), TorchCall.Constant(0f));

    /// <summary>x moved by lambda towards 0, and 0 where its magnitude is at most lambda.</summary>
    [TorchOperator("aten::softshrink")]
    public static object? SoftShrink(TorchCall call)
    {
        var step = call.Emit(new Binary(BinaryKind.Multiply), call.Emit(new Unary(UnaryKind.Sign), call.Tensor(0)), TorchCall.Constant((float)call.Real(1, "lambd", 0.5)));
        return call.Emit(new Select(), Beyond(call), call.Emit(new Binary(BinaryKind.Subtract), call.Tensor(0), step), TorchCall.Constant(0f));
    }

    [TorchOperator("aten::tan")]
    public static object? Tan(TorchCall call) => call.Emit(new Unary(UnaryKind.Tan), call.Tensor(0));

    [TorchOperator("aten::sin")]
    public static object? Sin(TorchCall call) => call.Emit(new Unary(UnaryKind.Sin), call.Tensor(0));

    [TorchOperator("aten::cos")]
    public static object? Cos(TorchCall call) => call.Emit(new Unary(UnaryKind.Cos), call.Tensor(0));

    [TorchOperator("aten::atan", "aten::arctan")]
    public static object? Atan(TorchCall call) => call.Emit(new Unary(UnaryKind.Atan), call.Tensor(0));

    [TorchOperator("quantized::threshold", "aten::threshold")]
    public static object? Threshold(TorchCall call)
    {
        float bound = (float)call.Real(1), value = (float)call.Real(2);
        var data = call.Tensor(0);
        if (data.Type.Quantization is { } same) return Mapped(call, data, same, x => x > bound ? x : value);
        return call.Emit(new Select(), call.Emit(new Compare(CompareKind.Greater), data, TorchCall.Constant(bound)), data, TorchCall.Constant(value));
    }

    /// <summary>x where it is not negative, else weight * x; the weight a channel's.</summary>
    [TorchOperator("aten::prelu")]
    public static object? PRelu(TorchCall call)
    {
        var data = call.Tensor(0);
        var result = call.Emit(new Binary(BinaryKind.PRelu), Quantizing.Real(call, data), Slopes(call, data.Type.Shape, Archive.Quantizations.Floats(Quantizing.Real(call, call.Tensor(1, "weight")))));
        return data.Type.Quantization is null ? result : call.Quantize(result, data.Type.Quantization, data.Type.Element);
    }

    /// <summary>(data, weight, scale, zero point): the integers' distance from the zero point by that of the weight's, or of 1 as the weight's type holds it, by (sx * sw) * (1 / sy).</summary>
    [TorchOperator("quantized::prelu")]
    public static object? QuantizedPRelu(TorchCall call)
    {
        var data = call.Quantized(0);
        var output = call.Output(2, 3, data.Type.Element);
        if (call.Tensor(1) is not { Type: { Quantization: { IsPerChannel: false } weight, Element: var element }, Constant: { } stored }) throw call.Unsupported("its weight is not quantized per tensor, or computed at run time");
        var (low, high) = TorchCall.RangeOf(element);
        float one = Math.Clamp(MathF.Round(1 / weight.Scale, MidpointRounding.ToEven) + weight.ZeroPoint, low, high) - weight.ZeroPoint;
        var centered = call.Emit(new Binary(BinaryKind.Subtract), call.Emit(new Cast(ElementType.F32), data), TorchCall.Constant((float)data.Type.ZeroPoint));
        var slopes = call.Emit(new Select(), call.Emit(new Compare(CompareKind.Greater), centered, TorchCall.Constant(0f)), TorchCall.Constant(one), Slopes(call, data.Type.Shape, [.. stored.ToInt64().Select(w => (float)(w - weight.ZeroPoint))]));
        var scaled = call.Emit(new Binary(BinaryKind.Multiply), call.Emit(new Binary(BinaryKind.Multiply), centered, slopes), TorchCall.Constant(data.Type.Scale * weight.Scale * (1 / output.Scale)));
        return call.EmitQuantized(new Reshape(data.Type.Shape), output, call.Quantize(scaled, new Quantization(1, output.ZeroPoint), data.Type.Element));
    }

    // One weight, or one a channel.
    private static Value Slopes(TorchCall call, Shape shape, float[] weights)
    {
        if (weights.Length != 1 && (shape.Rank < 2 || shape[1] != weights.Length)) throw call.Malformed($"has {weights.Length} weights for {shape}");
        return weights.Length == 1 ? TorchCall.Constant(weights[0]) : Quantizing.Channel(shape, 1, weights);
    }

    /// <summary>A function on quantized data, as a table of what the float computation gives.</summary>
    public static Value Mapped(TorchCall call, Value data, Quantization output, Func<float, float> function)
    {
        bool vector = Arithmetic.IsVector(data.Type.Shape.ElementCount);
        var input = data.Type.Quantization!;
        if (data.Type.Element is not (ElementType.U8 or ElementType.S8) || input.IsPerChannel) throw call.Unsupported($"it has data {data.Type}");
        float inverse = 1f / output.Scale;
        return Arithmetic.Table(call, data, call.CheckZeroPoint(output, data.Type.Element), q =>
        {
            float result = function(vector ? MathF.FusedMultiplyAdd(input.Scale, q, input.Scale * -input.ZeroPoint) : input.Scale * (q - input.ZeroPoint));
            return (int)Math.Clamp(MathF.Round(result * inverse, MidpointRounding.ToEven), -1e6f, 1e6f) + output.ZeroPoint;
        });
    }

    /// <summary>A function that takes blocks of elements, in the order in which they lie in PyTorch's memory.</summary>
    public static Value InMemory(TorchCall call, UnaryKind kind, Value data)
    {
        int[] order = call.Formats.Order(data);
        int run = call.Formats.Run(data);
        var result = call.Emit(new Unary(kind, run == data.Type.Shape.ElementCount ? 0 : run), call.Permute(data, order));
        return call.Permute(result, [.. Enumerable.Range(0, order.Length).Select(a => Array.IndexOf(order, a))]);
    }

    // x * scale where it is positive, else (exp(x * input) - 1) * (alpha * scale).
    private static Value EluOf(TorchCall call, Value data, float alpha, float scale, float input)
    {
        if (data.Type.Quantization is not null) throw call.Unsupported("its data is quantized");
        Value Times(Value value, float factor) => factor == 1 ? value : call.Emit(new Binary(BinaryKind.Multiply), value, TorchCall.Constant(factor));
        var inner = Times(data, input);
        call.Formats.Like(inner, data);
        return call.Emit(new Select(), call.Emit(new Compare(CompareKind.Greater), data, TorchCall.Constant(0f)), Times(data, scale), Times(InMemory(call, UnaryKind.TorchExpMinus1, inner), alpha * scale));
    }

    // log(1 + exp(beta * x)) / beta, x itself where beta * x is beyond the threshold.
    private static Value SoftplusOf(TorchCall call, Value data, float beta, float threshold)
    {
        var scaled = beta == 1 ? data : call.Emit(new Binary(BinaryKind.Multiply), data, TorchCall.Constant(beta));
        call.Formats.Like(scaled, data);
        var sum = InMemory(call, UnaryKind.TorchLog1PExp, scaled);
        if (beta != 1) sum = call.Emit(new Binary(BinaryKind.Divide), sum, TorchCall.Constant(beta));
        return call.Emit(new Select(), call.Emit(new Compare(CompareKind.Greater), scaled, TorchCall.Constant(threshold)), data, sum);
    }

    // Where the magnitude is greater than lambda.
    private static Value Beyond(TorchCall call) => call.Emit(new Compare(CompareKind.Greater), call.Emit(new Unary(UnaryKind.Abs), call.Tensor(0)), TorchCall.Constant((float)call.Real(1, "lambd", 0.5)));

    /// <summary>Without what is behind the point.</summary>
    public static Value Truncated(TorchCall call, Value data) =>
        call.Emit(new Binary(BinaryKind.Multiply), call.Emit(new Unary(UnaryKind.Sign), data), call.Emit(new Unary(UnaryKind.Floor), call.Emit(new Unary(UnaryKind.Abs), data)));

    // Quantized results keep the data's scale.
    private static Value Kept(TorchCall call, UnaryKind kind, Func<float, float> function, float alpha = 0)
    {
        var data = call.Tensor(0);
        if (data.Type.Quantization is { } same) return Mapped(call, data, same, function);
        // Of whole numbers most functions are none.
        bool isReal = data.Type.Element == ElementType.F32 || kind is UnaryKind.Abs or UnaryKind.Square;
        if (kind is UnaryKind.Floor or UnaryKind.Ceil or UnaryKind.Round && !isReal) return data;
        return call.Emit(new Unary(kind, alpha), isReal ? data : call.Emit(new Cast(ElementType.F32), data));
    }

    // Quantized results have a scale of the function's own.
    private static Value Fixed(TorchCall call, UnaryKind kind, Func<float, float> function, float scale, int unsignedZeroPoint, int signedZeroPoint)
    {
        var data = call.Tensor(0);
        return data.Type.Quantization is null
            ? call.Emit(new Unary(kind), data)
            : Mapped(call, data, new Quantization(scale, data.Type.Element == ElementType.S8 ? signedZeroPoint : unsignedZeroPoint), function);
    }

    // Bounds that are tensors.
    private static Value Between(TorchCall call, Value? low, Value? high)
    {
        var data = call.Tensor(0);
        if (low is not null) data = (Value)Arithmetic.Maximum(call.With(data, low))!;
        return high is null ? data : (Value)Arithmetic.Minimum(call.With(data, high))!;
    }

    // On quantized data the bounds are quantized and the integers clamped.
    private static Value Clamped(TorchCall call, double? low, double? high)
    {
        var data = call.Tensor(0);
        if (data.Type.Quantization is not { } same) return call.Emit(Unary.Clamp((float)(low ?? double.NegativeInfinity), (float)(high ?? double.PositiveInfinity)), data);
        if (same.IsPerChannel) throw call.Unsupported("its data is quantized per channel");
        var (least, greatest) = TorchCall.RangeOf(data.Type.Element);
        int minimum = low is { } l ? Bound(l) : least, maximum = high is { } h ? Bound(h) : greatest;
        return Arithmetic.Table(call, data, same, q => Math.Min(Math.Max(q, minimum), maximum));

        int Bound(double real) => (int)Math.Clamp(Math.Round((double)((float)real * (1f / same.Scale)), MidpointRounding.ToEven) + same.ZeroPoint, least, greatest);
    }

    private static float Logistic(float x) => (float)(1 / (1 + Math.Exp(-x)));

    private static float HardLogistic(float x) => MathF.Min(MathF.Max(x + 3, 0), 6) / 6;

    private static float HardSwishOf(float x) => x * MathF.Min(MathF.Max(x + 3, 0), 6) / 6;

    private static Func<float, float> EluOf(float alpha, float scale, float inputScale)
    {
        float negative = alpha * scale;
        return x => x >= 0 ? x * scale : (float)(Math.Exp(x * inputScale) - 1) * negative;
    }
}
