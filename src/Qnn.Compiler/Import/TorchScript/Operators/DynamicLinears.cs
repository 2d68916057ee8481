using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Hybrid;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// Linear layers on floats. With int8 weights the data is quantized at run time: one scale for the whole tensor, exact integer sums times the product of the scales, plus the bias.
/// With half-precision weights FBGEMM adds floats in order, each product fused, then the bias; see <see cref="HalfPrecisionOrder"/>.
/// </summary>
internal static class DynamicLinears
{
    [TorchOperator("quantized::linear_dynamic", "quantized::linear_relu_dynamic", "quantized::linear_dynamic_fp16", "quantized::linear_relu_dynamic_fp16")]
    public static object? Import(TorchCall call) =>
        Apply(call, call.Tensor(0), PackedParameters.LinearOf(call, 1), Range(call, call.Flag(2, "reduce_range")), call.Operator.Contains("relu", StringComparison.Ordinal));

    /// <summary>The greatest integer that data is spread over. QNNPACK does not keep a bit free, whatever it is told.</summary>
    public static int Range(TorchCall call, bool reduced) => reduced && call.Numerics != TorchNumerics.Qnnpack ? 127 : 255;

    /// <summary>Whether the bias is added before the product is rounded.</summary>
    public static bool IsFused(TorchCall call) => call.Numerics is not (TorchNumerics.Qnnpack or TorchNumerics.OneDnn);

    /// <summary>Whether scales are handed over by their reciprocals.</summary>
    public static bool IsByReciprocal(TorchCall call) => call.Numerics == TorchNumerics.OneDnn;

    /// <summary>Adds a layer.</summary>
    public static Value Apply(TorchCall call, Value data, PackedLinear packed, int range, bool relu)
    {
        var weights = Weights(call, packed);
        var shape = data.Type.Shape;
        int depth = weights.Type.Shape[1], outputs = weights.Type.Shape[0];
        if (data.Type.Element != ElementType.F32 || shape.Rank == 0 || shape[-1] != depth || depth == 0) throw call.Malformed($"has data {data.Type} and weights {weights.Type}");
        int rows = shape.ElementCount / depth;
        float least = relu ? 0 : float.NegativeInfinity;
        if (weights.Type.Element == ElementType.F32)
        {
            var sums = HalfProduct(call, call.Reshape(data, rows, depth), call.Permute(weights, 1, 0));
            if (packed.Bias is not null) sums = call.Emit(new Binary(BinaryKind.Add, least), sums, packed.Bias);
            else if (relu) sums = call.Emit(Unary.Clamp(0, float.PositiveInfinity), sums);
            return call.Reshape(sums, [.. shape.Span[..^1], outputs]);
        }
        var quantized = call.EmitSeveral(new DynamicQuantize(true, range, ByReciprocal: IsByReciprocal(call), Fused: IsFused(call)), [], call.Reshape(data, 1, rows, 1, depth));
        var filter = TorchCall.Constant(new Tensor(new TensorType(ElementType.S8, new Shape(outputs, 1, 1, depth), weights.Type.Quantization), weights.Constant!.Bytes));
        var layer = new HybridConv2D(new Window2D(1, 1), 1, IsFused(call) ? HybridScaling.Fused : HybridScaling.Product, least);
        return call.Reshape(call.Emit(layer, quantized[0], quantized[1], quantized[2], filter, packed.Bias), [.. shape.Span[..^1], outputs]);
    }

    /// <summary>A layer's weights: int8 without a zero point, or floats that half precision holds.</summary>
    public static Value Weights(TorchCall call, PackedLinear packed)
    {
        var weights = packed.Weights;
        if (weights.Constant is null) throw call.Unsupported("its weights are computed at run time");
        if (weights.Type.Element is ElementType.F32 or ElementType.F16) return TorchCall.Constant(Tensor.Of<float>(weights.Type.Shape, [.. Archive.Quantizations.Floats(weights).Select(Half)]));
        if (weights.Type.Element != ElementType.S8 || weights.Type.Quantization is not { Axis: -1 or 0 } quantization) throw call.Unsupported($"its weights are {weights.Type}");
        if (quantization.ZeroPoints.Any(z => z != 0)) throw call.Unsupported("its weights have a zero point");
        if (!IsByReciprocal(call)) return weights;
        var handed = new Quantization([.. quantization.Scales.Select(OneDnn.Handed)], quantization.ZeroPoints, quantization.Axis);
        return TorchCall.Constant(new Tensor(weights.Type with { Quantization = handed }, weights.Constant.Bytes));
    }

    // FBGEMM goes through the depth in blocks, each of which goes on with the sums before it; but columns that do not fill a block of columns have sums for each, which are added up.
    private static Value HalfProduct(TorchCall call, Value data, Value weights)
    {
        int depth = weights.Type.Shape[0], outputs = weights.Type.Shape[1], full = outputs / HalfPrecisionOrder.Columns * HalfPrecisionOrder.Columns;
        if (depth <= HalfPrecisionOrder.Depth || full == outputs) return call.Emit(new BatchMatMul(depth), data, weights);
        if (full == 0) return call.Emit(new BatchMatMul(HalfPrecisionOrder.Depth), data, weights);
        var first = call.Emit(new BatchMatMul(depth), data, Shaping.Along(call, weights, 1, 0, 1, full));
        return call.Emit(new Concat(1), first, call.Emit(new BatchMatMul(HalfPrecisionOrder.Depth), data, Shaping.Along(call, weights, 1, full, 1, outputs - full)));
    }

    // Numbers that half precision would lose are moved to its bounds first.
    private static float Half(float weight)
    {
        const float Least = 5.96e-8f, Greatest = 65504;
        float magnitude = MathF.Abs(weight);
        if (magnitude > Greatest) weight = MathF.CopySign(Greatest, weight);
        else if (magnitude is > 0 and < Least) weight = MathF.CopySign(Least, weight);
        return (float)(Half)weight;
    }
}
