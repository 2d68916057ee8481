using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Normalizations: over channels with known statistics, over layers, groups and instances with those of the data.</summary>
internal static class Normalizations
{
    /// <summary>alpha = (input scale / output scale) * weight / sqrt(variance + eps), beta = bias - mean * weight / sqrt(variance + eps), over the output's scale: y = rint(alpha * (x - zx) + beta) + zy.</summary>
    [TorchOperator("quantized::batch_norm1d", "quantized::batch_norm2d", "quantized::batch_norm3d", "quantized::batch_norm", "quantized::batch_norm1d_relu", "quantized::batch_norm2d_relu", "quantized::batch_norm3d_relu", "quantized::batch_norm_relu")]
    public static object? QuantizedBatchNorm(TorchCall call)
    {
        var data = call.Quantized(0);
        var output = call.Output(6, 7, data.Type.Element);
        float[] mean = Archive.Quantizations.Floats(call.Tensor(3)), variance = Archive.Quantizations.Floats(call.Tensor(4));
        float[]? weight = call.OptionalTensor(1) is { } w ? Archive.Quantizations.Floats(w) : null, bias = call.OptionalTensor(2) is { } b ? Archive.Quantizations.Floats(b) : null;
        int channels = mean.Length;
        var shape = data.Type.Shape;
        if (shape.Rank < 2 || shape[1] != channels || variance.Length != channels || weight is { } && weight.Length != channels || bias is { } && bias.Length != channels) throw call.Malformed($"has statistics of {channels} channels for {shape}");
        float epsilon = (float)call.Real(5);
        float[] alpha = new float[channels], beta = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            float inverse = 1f / MathF.Sqrt(variance[c] + epsilon), factor = weight?[c] ?? 1f;
            alpha[c] = inverse * factor * (data.Type.Scale / output.Scale);
            beta[c] = ((bias?[c] ?? 0f) - mean[c] * inverse * factor) / output.Scale;
        }
        var centered = call.Emit(new Binary(BinaryKind.Subtract), call.Emit(new Cast(ElementType.F32), data), TorchCall.Constant((float)data.Type.ZeroPoint));
        var scaled = call.Emit(new Binary(BinaryKind.Multiply), centered, Quantizing.Channel(shape, 1, alpha));
        var real = call.Emit(new Binary(BinaryKind.Add, call.Operator.EndsWith("_relu", StringComparison.Ordinal) ? 0 : float.NegativeInfinity), scaled, Quantizing.Channel(shape, 1, beta));
        var quantized = call.Quantize(real, new Quantization(1, output.ZeroPoint), data.Type.Element);
        return call.EmitQuantized(new Reshape(shape), output, quantized);
    }

    /// <summary>alpha = weight / sqrt(variance + eps), fma(x, alpha, fma(-mean, alpha, bias)).</summary>
    [TorchOperator("aten::batch_norm")]
    public static object? BatchNorm(TorchCall call)
    {
        var data = call.Tensor(0);
        if (call.Flag(5)) throw call.Trains();
        if (data.Type.Quantization is not null) throw call.Unsupported("its data is quantized");
        float[] mean = Archive.Quantizations.Floats(call.Tensor(3)), variance = Archive.Quantizations.Floats(call.Tensor(4));
        float epsilon = (float)call.Real(7);
        var shape = data.Type.Shape;
        if (shape.Rank < 2 || shape[1] != mean.Length || variance.Length != mean.Length) throw call.Malformed($"has statistics of {mean.Length} channels for {shape}");
        float[] weight = call.OptionalTensor(1) is { } w ? Archive.Quantizations.Floats(w) : [.. Enumerable.Repeat(1f, mean.Length)], bias = call.OptionalTensor(2) is { } b ? Archive.Quantizations.Floats(b) : new float[mean.Length];
        if (weight.Length != mean.Length || bias.Length != mean.Length) throw call.Malformed("has parameters of other channels");
        float[] alpha = [.. mean.Select((_, c) => weight[c] * (1f / MathF.Sqrt(variance[c] + epsilon)))];
        float[] beta = [.. mean.Select((m, c) => MathF.FusedMultiplyAdd(-m, alpha[c], bias[c]))];
        var channels = new Shape(mean.Length);
        return call.ToSecond(call.Emit(new MultiplyAdd(), call.ToLast(data), TorchCall.Constant(Tensor.Of<float>(channels, alpha)), TorchCall.Constant(Tensor.Of<float>(channels, beta))));
    }

    /// <summary>With the moments beside it, which only training asks for, as of the others.</summary>
    [TorchOperator("aten::native_batch_norm")]
    public static object? NativeBatchNorm(TorchCall call) => new object?[] { BatchNorm(call), null, null };

    [TorchOperator("aten::native_layer_norm")]
    public static object? NativeLayerNorm(TorchCall call) => new object?[] { LayerNorm(call), null, null };

    /// <summary>(data, weight, bias, batch, channels, pixels, groups, eps)</summary>
    [TorchOperator("aten::native_group_norm")]
    public static object? NativeGroupNorm(TorchCall call) => new object?[] { GroupNorm(call.With(call.Argument(0), call.Argument(6), call.Argument(1), call.Argument(2), call.Argument(7))), null, null };

    [TorchOperator("aten::layer_norm")]
    public static object? LayerNorm(TorchCall call)
    {
        var data = call.Tensor(0);
        if (data.Type.Quantization is not null) throw call.Unsupported("its data is quantized; quantized::layer_norm is known");
        var shape = data.Type.Shape;
        int inner = InnerOf(call, shape);
        Value? weight = call.OptionalTensor(2, "weight"), bias = call.OptionalTensor(3, "bias");
        var ones = TorchCall.Constant(Tensor.Of<float>(new Shape(inner), [.. Enumerable.Repeat(1f, inner)]));
        var layer = new LayerNormalization((float)call.Real(4, "eps", 1e-5), LayerNormalizationKind.LaneMoments);
        var rows = call.Emit(layer, call.Reshape(data, shape.ElementCount / inner, inner), weight is null ? ones : call.Reshape(weight, inner), bias is null ? null : call.Reshape(bias, inner));
        return call.Reshape(rows, shape.Span);
    }

    /// <summary>(data, normalized_shape, weight, eps): x * (1 / sqrt(mean of x^2 + eps)) * weight, every operation by itself.</summary>
    [TorchOperator("aten::rms_norm")]
    public static object? RmsNorm(TorchCall call)
    {
        var data = Functions.Real(call, 0);
        int rank = data.Type.Shape.Rank, last = call.Ints(1).Length;
        InnerOf(call, data.Type.Shape);
        double eps = call.Argument(3, "eps") is null ? 1.1920928955078125e-07 : call.Real(3, "eps");
        Value Do(BinaryKind kind, Value a, Value b) => call.Emit(new Binary(kind), a, b);
        var mean = Sums.Mean(call, call.Emit(new Unary(UnaryKind.Square), data), [.. Enumerable.Range(rank - last, last)], true);
        var result = Do(BinaryKind.Multiply, data, call.Emit(new Unary(UnaryKind.Rsqrt), Do(BinaryKind.Add, mean, TorchCall.Constant((float)eps))));
        return call.OptionalTensor(2, "weight") is { } weight ? Do(BinaryKind.Multiply, result, weight) : result;
    }

    /// <summary>rint(fma((q - zx - mean) * factor, weight, bias) * (1 / sy)) + zy.</summary>
    [TorchOperator("quantized::layer_norm")]
    public static object? QuantizedLayerNorm(TorchCall call)
    {
        var data = call.Quantized(0);
        var shape = data.Type.Shape;
        int inner = InnerOf(call, shape);
        var rows = call.Reshape(data, shape.ElementCount / inner, inner);
        var moments = call.EmitSeveral(new QuantizedRowMoments(call.Real(4)), [], rows);
        var centered = call.Emit(new Binary(BinaryKind.Subtract), call.Emit(new Binary(BinaryKind.Subtract), call.Emit(new Cast(ElementType.F32), rows), TorchCall.Constant((float)data.Type.ZeroPoint)), moments[1]);
        var real = call.Emit(new Binary(BinaryKind.Multiply), centered, moments[0]);
        Value? weight = call.OptionalTensor(2), bias = call.OptionalTensor(3);
        if (weight is not null || bias is not null) real = call.Emit(new MultiplyAdd(), real, weight is null ? TorchCall.Constant(1f) : call.Reshape(weight, inner), bias is null ? TorchCall.Constant(0f) : call.Reshape(bias, inner));
        return call.Quantize(call.Reshape(real, shape.Span), call.Output(5, 6, data.Type.Element), data.Type.Element);
    }

    [TorchOperator("quantized::group_norm")]
    public static object? QuantizedGroupNorm(TorchCall call) => Grouped(call, call.Int(1), 2, 4);

    [TorchOperator("quantized::instance_norm")]
    public static object? QuantizedInstanceNorm(TorchCall call) => Grouped(call, call.Tensor(0).Type.Shape.Rank > 1 ? call.Tensor(0).Type.Shape[1] : 1, 1, 3);

    [TorchOperator("aten::group_norm")]
    public static object? GroupNorm(TorchCall call) => FloatGrouped(call, call.Int(1), call.OptionalTensor(2, "weight"), call.OptionalTensor(3, "bias"), call.Real(4, "eps", 1e-5), RowMomentsKind.LaneInverse);

    [TorchOperator("aten::instance_norm")]
    public static object? InstanceNorm(TorchCall call)
    {
        // (data, weight, bias, mean, variance, use_input_stats, momentum, eps): known statistics are a batch norm's.
        if (!call.Flag(5, "use_input_stats")) return BatchNorm(call.With(call.Argument(0), call.Argument(1), call.Argument(2), call.Argument(3), call.Argument(4), false, call.Argument(6), call.Argument(7)));
        var shape = call.Tensor(0).Type.Shape;
        return FloatGrouped(call, shape.Rank > 1 ? shape[1] : 1, call.OptionalTensor(1), call.OptionalTensor(2), call.Real(7), RowMomentsKind.Inverse);
    }

    // Rows' moments by lanes, of instances in double precision; with parameters or channels that lie last fma(x, factor, fma(-factor, mean, bias)), factor = weight / sqrt(variance + eps), else (x - mean) * factor of groups.
    private static Value FloatGrouped(TorchCall call, int groups, Value? weight, Value? bias, double epsilon, RowMomentsKind kind)
    {
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        if (data.Type.Element != ElementType.F32 || shape.Rank < 2 || groups <= 0 || shape[1] % groups != 0 || shape.ElementCount == 0) throw call.Malformed($"does not take {data.Type} in {groups} groups");
        int inner = shape.ElementCount / shape[0] / groups, each = shape[1] / groups, pixels = inner / each;
        bool byColumns = kind == RowMomentsKind.LaneInverse && call.Formats.SuggestsChannelsLast(data);
        var moments = byColumns ? ColumnMoments(call, data, groups, epsilon) : call.EmitSeveral(new RowMoments(kind, 0, epsilon), [], call.Reshape(data, shape[0] * groups, inner));
        Value PerChannel(Value value, params int[] extents) => call.Reshape(call.Emit(new BroadcastTo(new Shape(shape[0], groups, each)), call.Reshape(value, extents)), shape[0] * shape[1], 1);
        Value Parameter(Value value) => PerChannel(value, groups, each);
        Value Wide(Value value) => call.Emit(new BroadcastTo(new Shape(shape[0] * shape[1], pixels)), value);
        Value factor = PerChannel(moments[0], shape[0], groups, 1), mean = PerChannel(moments[1], shape[0], groups, 1);
        var rows = call.Reshape(data, shape[0] * shape[1], pixels);
        if (kind == RowMomentsKind.LaneInverse && !byColumns && weight is null && bias is null)
        {
            return call.Reshape(call.Emit(new Binary(BinaryKind.Multiply), call.Emit(new Binary(BinaryKind.Subtract), rows, mean), factor), shape.Span);
        }
        if (weight is not null) factor = call.Emit(new Binary(BinaryKind.Multiply), factor, Parameter(weight));
        var term = call.Emit(new MultiplyAdd(), call.Emit(new Unary(UnaryKind.Negate), factor), mean, bias is null ? TorchCall.Constant(Tensor.Of<float>(new Shape(1), [0])) : Parameter(bias));
        return call.Reshape(call.Emit(new MultiplyAdd(), rows, Wide(factor), Wide(term)), shape.Span);
    }

    // Of channels that lie last: down the channels of a group in eights, what fills no eight being zeros; of pictures of 1024 pixels and more down each channel.
    private static IReadOnlyList<Value> ColumnMoments(TorchCall call, Value data, int groups, double epsilon)
    {
        const int Lanes = 8, LargePicture = 1024;
        var shape = data.Type.Shape;
        int each = shape[1] / groups, pixels = shape.ElementCount / (shape[0] * shape[1]);
        var apart = call.Permute(call.Reshape(call.ToLast(data), shape[0], pixels, groups, each), 0, 2, 1, 3);
        if (pixels >= LargePicture) return call.EmitSeveral(new RowMoments(RowMomentsKind.ColumnInverse, 0, epsilon, each), [], call.Reshape(apart, shape[0] * groups, pixels * each));
        int lacking = (Lanes - each % Lanes) % Lanes;
        if (lacking > 0) apart = call.Emit(new Pad(new Ints(0, 0, 0, 0), new Ints(0, 0, 0, lacking)), apart);
        return call.EmitSeveral(new RowMoments(RowMomentsKind.PairedColumnInverse, (double)pixels * lacking, epsilon, Lanes), [], call.Reshape(apart, shape[0] * groups, pixels * (each + lacking)));
    }

    // The last axes, which the second argument names by their extents, are a row.
    private static int InnerOf(TorchCall call, Shape shape)
    {
        int[] extents = call.Ints(1);
        if (extents.Length == 0 || extents.Length > shape.Rank || !shape.Span[^extents.Length..].SequenceEqual(extents) || shape.ElementCount == 0) throw call.Malformed($"does not take {shape} in rows of {string.Join('x', extents)}");
        return extents.Aggregate(1, (n, e) => n * e);
    }

    // A channel's factor and weight are one; with channels last mean and bias are, too.
    private static Value Grouped(TorchCall call, int groups, int parameters, int epsilon)
    {
        var data = call.Quantized(0);
        var shape = data.Type.Shape;
        if (shape.Rank < 2 || groups <= 0 || shape[1] % groups != 0 || shape.ElementCount == 0) throw call.Malformed($"does not take {shape} in {groups} groups");
        int inner = shape.ElementCount / shape[0] / groups, each = shape[1] / groups, pixels = inner / each;
        bool isLast = call.Formats.SuggestsChannelsLast(data);
        var rows = call.Reshape(data, shape[0] * groups, inner);
        var moments = call.EmitSeveral(new QuantizedRowMoments(call.Real(epsilon)), [], rows);
        Value PerChannel(Value value) => call.Reshape(call.Emit(new BroadcastTo(new Shape(shape[0], groups, each)), call.Reshape(value, shape[0], groups, 1)), shape[0], shape[1], 1);
        Value Parameter(int index, float otherwise) => call.OptionalTensor(index) is { } value ? call.Reshape(value, 1, shape[1], 1) : TorchCall.Constant(Tensor.Of<float>(new Shape(1, 1, 1), [otherwise]));
        Value factor = call.Emit(new Binary(BinaryKind.Multiply), PerChannel(moments[0]), Parameter(parameters, 1)), mean = PerChannel(moments[1]), bias = Parameter(parameters + 1, 0);
        var centered = call.Emit(new Binary(BinaryKind.Subtract), call.Emit(new Cast(ElementType.F32), call.Reshape(data, shape[0], shape[1], pixels)), TorchCall.Constant((float)data.Type.ZeroPoint));
        if (isLast) bias = Arithmetic.Fused(call, call.Emit(new Unary(UnaryKind.Negate), factor), mean, bias);
        else centered = call.Emit(new Binary(BinaryKind.Subtract), centered, mean);
        return call.Quantize(call.Reshape(Arithmetic.Fused(call, centered, factor, bias), shape.Span), call.Output(epsilon + 1, epsilon + 2, data.Type.Element), data.Type.Element);
    }
}
