using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Between floats and quantized numbers.</summary>
internal static class Quantizing
{
    /// <summary>The element type that a dtype's number names.</summary>
    public static ElementType Element(TorchCall call, long dtype) => dtype switch
    {
        0 or 13 => ElementType.U8,
        1 or 12 => ElementType.S8,
        2 => ElementType.S16,
        3 or 14 => ElementType.S32,
        4 => ElementType.S64,
        5 => ElementType.F16,
        6 => ElementType.F32,
        7 => ElementType.F64,
        11 => ElementType.Bool,
        _ => throw call.Unsupported($"its dtype is number {dtype}"),
    };

    [TorchOperator("aten::quantize_per_tensor")]
    public static object? PerTensor(TorchCall call)
    {
        var element = Element(call, call.Long(3, "dtype"));
        return call.Quantize(Real(call, call.Tensor(0)), call.Output(1, 2, element), element);
    }

    [TorchOperator("aten::quantize_per_tensor_dynamic")]
    public static object? Dynamic(TorchCall call) => throw call.Unsupported("its scale is computed at run time");

    [TorchOperator("aten::quantize_per_channel")]
    public static object? PerChannel(TorchCall call)
    {
        var data = Real(call, call.Tensor(0));
        int axis = call.Axis(call.Long(3, "axis"), data.Type.Shape.Rank);
        var element = Element(call, call.Long(4, "dtype"));
        var quantization = call.CheckZeroPoint(Quantizations.PerChannel(call.Tensor(1, "scales"), call.Tensor(2, "zero_points"), axis), element);
        if (quantization.Scales.Length != data.Type.Shape[axis]) throw call.Malformed($"has {quantization.Scales.Length} scales for {data.Type.Shape}");
        var whole = Rounded(call, data, quantization);
        var (low, high) = TorchCall.RangeOf(element);
        if (element != ElementType.S32) whole = call.Emit(Unary.Clamp(low, high), whole);
        var result = call.EmitQuantized(new Reshape(data.Type.Shape), quantization, call.Emit(new Cast(element), whole));
        if (element != ElementType.S32 && call.Tensor(1, "scales") is { Type.Element: ElementType.F64, Constant: { } scales }) call.WideScales[result] = scales.Span<double>().ToArray();
        return result;
    }

    [TorchOperator("aten::dequantize")]
    public static object? Dequantize(TorchCall call) => call.Argument(0) switch
    {
        TorchList list => new TorchList([.. list.Items.Select(i => i is Value v ? Real(call, v) : throw call.Malformed("lacks a tensor"))]),
        _ => Real(call, call.Tensor(0)),
    };

    [TorchOperator("aten::int_repr")]
    public static object? IntRepr(TorchCall call) => call.Emit(new Reshape(call.Tensor(0).Type.Shape), call.Tensor(0));

    [TorchOperator("aten::q_scale")]
    public static object? Scale(TorchCall call) => Quantizations.Scale(call.Tensor(0));

    [TorchOperator("aten::q_zero_point")]
    public static object? ZeroPoint(TorchCall call) => (long)call.Tensor(0).Type.ZeroPoint;

    [TorchOperator("aten::fake_quantize_per_tensor_affine", "aten::fake_quantize_per_tensor_affine_cachemask")]
    public static object? FakePerTensor(TorchCall call)
    {
        var quantization = Quantizations.PerTensor(call.Real(1, "scale"), call.Long(2, "zero_point"));
        return Fake(call, call.Tensor(0), quantization, call.Long(3), call.Long(4));
    }

    [TorchOperator("aten::fake_quantize_per_channel_affine", "aten::fake_quantize_per_channel_affine_cachemask")]
    public static object? FakePerChannel(TorchCall call)
    {
        var data = call.Tensor(0);
        var quantization = Quantizations.PerChannel(call.Tensor(1), call.Tensor(2), call.Axis(call.Long(3), data.Type.Shape.Rank));
        return Fake(call, data, quantization, call.Long(4), call.Long(5));
    }

    /// <summary>(data, observer_on, fake_quant_on, running_min, running_max, scale, zero_point, averaging_const, quant_min, quant_max, ch_axis, per_row_fake_quant, symmetric_quant): of a model that is trained to be quantized, the observer at rest.</summary>
    [TorchOperator("aten::fused_moving_avg_obs_fake_quant")]
    public static object? FakeObserved(TorchCall call)
    {
        if (call.Long(1) != 0) throw call.Trains();
        if (call.Long(2) == 0) return call.Tensor(0);
        return call.Flag(11) ? FakePerChannel(call.With(call.Argument(0), call.Argument(5), call.Argument(6), call.Argument(10), call.Argument(8), call.Argument(9))) : FakePerTensor(call.With(call.Argument(0), call.Argument(5), call.Argument(6), call.Argument(8), call.Argument(9)));
    }

    /// <summary>The real numbers of a tensor: dequantized where it is quantized.</summary>
    public static Value Real(TorchCall call, Value value)
    {
        if (value.Type.Quantization is not { } quantization) return value.Type.Element == ElementType.F32 ? value : call.Emit(new Cast(ElementType.F32), value);
        if (!quantization.IsPerChannel) return call.Emit(new Dequantize(), value);
        var centered = call.Emit(new Binary(BinaryKind.Subtract), call.Emit(new Cast(ElementType.F32), value), Channel(value.Type.Shape, quantization.Axis, [.. quantization.ZeroPoints.Select(z => (float)z)]));
        if (!call.WideScales.TryGetValue(value, out double[]? wide)) return Times([.. quantization.Scales]);
        // A product of double precision, rounded once: its upper part is exact in float, as centered has 9 bits.
        float[] upper = [.. wide.Select(s => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)s) & ~0x1FFu))];
        return call.Emit(new Binary(BinaryKind.Add), Times(upper), Times([.. wide.Zip(upper, (s, u) => (float)(s - u))]));

        Value Times(float[] factors) => call.Emit(new Binary(BinaryKind.Multiply), centered, Channel(value.Type.Shape, quantization.Axis, factors));
    }

    // (q clamped to the range - zero point) * scale, q being rint(x / scale + zero point).
    private static Value Fake(TorchCall call, Value data, Quantization quantization, long low, long high)
    {
        int axis = quantization.IsPerChannel ? quantization.Axis : 0;
        var zeroPoints = quantization.IsPerChannel ? Channel(data.Type.Shape, axis, [.. quantization.ZeroPoints.Select(z => (float)z)]) : TorchCall.Constant((float)quantization.ZeroPoint);
        var scales = quantization.IsPerChannel ? Channel(data.Type.Shape, axis, [.. quantization.Scales]) : TorchCall.Constant(quantization.Scale);
        var clamped = call.Emit(Unary.Clamp(low, high), Rounded(call, data, quantization, inside: true));
        return call.Emit(new Binary(BinaryKind.Multiply), call.Emit(new Binary(BinaryKind.Subtract), clamped, zeroPoints), scales);
    }

    private static Value Rounded(TorchCall call, Value data, Quantization quantization, bool inside = false)
    {
        bool channels = quantization.IsPerChannel;
        var factors = channels ? Channel(data.Type.Shape, quantization.Axis, [.. quantization.Scales.Select(s => 1f / s)]) : TorchCall.Constant(1f / quantization.Scale);
        var offsets = channels ? Channel(data.Type.Shape, quantization.Axis, [.. quantization.ZeroPoints.Select(z => (float)z)]) : TorchCall.Constant((float)quantization.ZeroPoint);
        var scaled = call.Emit(new Binary(BinaryKind.Multiply), data, factors);
        return inside
            ? call.Emit(new Unary(UnaryKind.Round), call.Emit(new Binary(BinaryKind.Add), scaled, offsets))
            : call.Emit(new Binary(BinaryKind.Add), call.Emit(new Unary(UnaryKind.Round), scaled), offsets);
    }

    /// <summary>Numbers along an axis, for broadcasting.</summary>
    public static Value Channel(Shape shape, int axis, float[] numbers)
    {
        int[] extents = [.. Enumerable.Repeat(1, shape.Rank)];
        extents[axis] = numbers.Length;
        return TorchCall.Constant(Tensor.Of<float>(new Shape(extents), numbers));
    }
}
