using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Convolutions on floats, which a network keeps beside its quantized parts: one to three axes, and transposed.</summary>
internal static class FloatConvolutions
{
    /// <summary>(data, weight, bias, stride, padding, dilation, transposed, output padding, groups, ...); conv1d to conv3d have no transposed form.</summary>
    [TorchOperator("aten::_convolution", "aten::convolution", "aten::conv1d", "aten::conv2d", "aten::conv3d", "aten::_convolution_mode")]
    public static object? Import(TorchCall call)
    {
        if (call.Operator is "aten::_convolution" or "aten::convolution" && call.Flag(6)) return Transposed(call, 3, 4, call.Ints(7), 5, call.Int(8, "groups", 1));
        var (x, weights, axes, groups, kernel, stride, before, after, dilation) = Geometry(call);
        return new ConvolutionSums(call, x, weights, axes, groups, kernel, stride, before, after, dilation).Convolve(call.OptionalTensor(2, "bias"));
    }

    /// <summary>A convolution (data, weight, bias, stride, padding, dilation, groups) in an order of its own.</summary>
    public static Value Direct(TorchCall call, FloatSum sum)
    {
        var (x, weights, _, groups, kernel, stride, before, after, dilation) = Geometry(call);
        return x.Convolve(weights, kernel, stride, before, after, dilation, call.OptionalTensor(2, "bias"), sum);
    }

    private static (Spatial Data, Value Weights, int Axes, int Groups, int[] Kernel, int[] Stride, int[] Before, int[] After, int[] Dilation) Geometry(TorchCall call)
    {
        bool general = call.Operator is "aten::_convolution" or "aten::convolution";
        int groups = call.Int(general ? 8 : 6, "groups", 1);
        var (x, weights, axes) = Operands(call);
        int[] stride = Spatial.Widen(call.Ints(3, "stride", axes, 1), 1), dilation = Spatial.Widen(call.Ints(5, "dilation", axes, 1), 1);
        var kernel = weights.Type.Shape;
        int[] extents = Spatial.Widen([.. kernel.Span[2..]], 1), reach = [.. extents.Zip(dilation, (k, d) => d * (k - 1))], before = new int[3], after = new int[3];
        if (call.Argument(4, "padding") is string mode)
        {
            if (mode == "same") (before, after) = ([.. reach.Select(r => r / 2)], [.. reach.Select(r => r - r / 2)]);
        }
        else before = after = Spatial.Widen(call.Ints(4, "padding", axes, 0), 0);
        if (groups <= 0 || kernel[0] % groups != 0 || (long)kernel[1] * groups != x.Channels || stride.Concat(dilation).Any(n => n <= 0) || before.Concat(after).Any(p => p < 0)) throw call.Malformed($"has data {x.Value.Type}, weights {weights.Type} and {groups} groups");
        return (x, weights, axes, groups, extents, stride, before, after, dilation);
    }

    /// <summary>(data, weight, bias, stride, padding, output padding, groups, dilation).</summary>
    [TorchOperator("aten::conv_transpose1d", "aten::conv_transpose2d", "aten::conv_transpose3d")]
    public static object? ImportTransposed(TorchCall call) => Transposed(call, 3, 4, call.OptionalInts(5, "output_padding") ?? [0], 7, call.Int(6, "groups", 1));

    /// <summary>A transposed convolution (data, weight, bias, stride, padding, output padding, groups, dilation) in an order of its own, tap by tap.</summary>
    public static Value DirectTransposed(TorchCall call, FloatSum sum) => Transposed(call, 3, 4, call.Ints(5), 7, call.Int(6), sum);

    // A convolution of the data with stride - 1 zeros between its elements, by the weights turned around.
    private static Value Transposed(TorchCall call, int strides, int paddings, int[] outputPadding, int dilations, int groups, FloatSum? direct = null)
    {
        var (x, weights, axes) = Operands(call);
        int[] stride = Spatial.Widen(call.Ints(strides, "stride", axes, 1), 1), padding = Spatial.Widen(call.Ints(paddings, "padding", axes, 0), 0), dilation = Spatial.Widen(call.Ints(dilations, "dilation", axes, 1), 1);
        if (outputPadding.Length == 1) outputPadding = [.. Enumerable.Repeat(outputPadding[0], axes)];
        int[] more = Spatial.Widen(outputPadding, 0), extents = Spatial.Widen([.. weights.Type.Shape.Span[2..]], 1);
        var shape = weights.Type.Shape;
        if (groups <= 0 || shape[0] != x.Channels || shape[0] % groups != 0 || stride.Concat(dilation).Any(n => n is <= 0 or > 1 << 16) || padding.Concat(more).Any(p => p is < 0 or > 1 << 16)) throw call.Malformed($"has data {x.Value.Type}, weights {weights.Type} and {groups} groups");
        if (direct is null && axes < 3 && groups == 1 && IsSmall(call, x, stride, dilation, extents)) return Folded(call, x, weights, stride, padding, more, dilation, extents);
        // [I, O / G, K...] as [O, I / G, K...], every kernel from its end.
        int inputs = shape[0] / groups, outputs = shape[1], taps = extents[0] * extents[1] * extents[2];
        float[] given = Archive.Quantizations.Floats(weights), turned = new float[given.Length];
        for (int g = 0; g < groups; g++)
            for (int i = 0; i < inputs; i++)
                for (int o = 0; o < outputs; o++)
                    for (int t = 0; t < taps; t++) turned[((g * outputs + o) * inputs + i) * taps + t] = given[((g * inputs + i) * outputs + o) * taps + taps - 1 - t];
        var filter = TorchCall.Constant(Tensor.Of<float>(new Shape([groups * outputs, inputs, .. shape.Span[2..]]), turned));
        int[] reach = [.. extents.Zip(dilation, (k, d) => d * (k - 1))];
        int[] before = [.. reach.Zip(padding, (r, p) => r - p)], after = [.. before.Select((b, a) => b + more[a] - (stride[a] - 1))];
        var spread = x.Insert(stride, 0).Pad(before, after, 0);
        var bias = call.OptionalTensor(2, "bias");
        if (direct is { } order) return Forwards(call, spread, filter, extents, dilation, bias, order);
        bool isDepthwise = inputs == 1 && outputs == 1 && groups > 1, isKnown = axes < 3 && (isDepthwise || groups == 1 && stride.Any(s => s > 1)) && dilation.All(d => d == 1);
        return isKnown ? Backwards(call, spread, turned, extents, isDepthwise, bias) : spread.Convolve(filter, extents, [1, 1, 1], [0, 0, 0], [0, 0, 0], dilation, bias);
    }

    // Taps in their own order, which is that of data and results that are turned around.
    private static Value Forwards(TorchCall call, Spatial x, Value filter, int[] kernel, int[] dilation, Value? bias, FloatSum sum)
    {
        Value Turned(Value value, params long[] axes) => (Value)Shaping.Flip(call.With(value, new TorchList(axes.Select(a => (object?)a))))!;
        return Turned(x.With(Turned(x.Value, 2, 3)).Convolve(Turned(filter, 2, 3), kernel, [1, 1, 1], [0, 0, 0], [0, 0, 0], dilation, bias, sum), -2, -1);
    }

    // oneDNN's: taps in their own order, which is that of data and results that are turned around, the bias last; but for depthwise ones each column of taps is summed up by itself, and these sums are added up.
    private static Value Backwards(TorchCall call, Spatial x, float[] filter, int[] kernel, bool isDepthwise, Value? bias)
    {
        int inputs = isDepthwise ? 1 : x.Channels, outputs = filter.Length / inputs / kernel[1] / kernel[2];
        var data = x.With((Value)Shaping.Flip(call.With(x.Value, new TorchList([2L, 3L])))!);
        Value Convolved(int first, int count, Value? addend)
        {
            // Of the weights, which are turned around, back again.
            var own = new float[outputs * inputs * kernel[1] * count];
            for (int i = 0; i < own.Length; i++)
            {
                int row = i / count % kernel[1], column = first + i % count;
                own[i] = filter[(i / count / kernel[1] * kernel[1] + kernel[1] - 1 - row) * kernel[2] + kernel[2] - 1 - column];
            }
            var weights = TorchCall.Constant(Tensor.Of<float>(new Shape(outputs, inputs, kernel[1], count), own));
            return data.Pad([0, 0, -first], [0, 0, first + count - kernel[2]], 0).Convolve(weights, [1, kernel[1], count], [1, 1, 1], [0, 0, 0], [0, 0, 0], [1, 1, 1], addend, FloatSum.FusedBiasLast);
        }
        Value sum;
        if (isDepthwise) sum = Convolved(0, kernel[2], bias);
        else
        {
            sum = Convolved(0, 1, null);
            for (int column = 1; column < kernel[2]; column++) sum = call.Emit(new Binary(BinaryKind.Add), sum, Convolved(column, 1, null));
            if (bias is not null) sum = call.Emit(new Binary(BinaryKind.Add), sum, call.Reshape(bias, [outputs, .. Enumerable.Repeat(1, call.Tensor(1).Type.Shape.Rank - 2)]));
        }
        return (Value)Shaping.Flip(call.With(sum, new TorchList(call.Tensor(1).Type.Shape.Rank == 3 ? [-1L] : [-2L, -1L])))!;
    }

    // Whether PyTorch computes it by itself (ConvParams::use_mkldnn, slow_conv_transpose2d), channels second.
    private static bool IsSmall(TorchCall call, Spatial x, int[] stride, int[] dilation, int[] kernel)
    {
        const int ManyElements = 20480;
        bool isLast = call.Formats.SuggestsChannelsLast(call.Tensor(0)) || call.Formats.SuggestsChannelsLast(call.Tensor(1));
        return !isLast && x.Extents[0] == 1 && (stride.Concat(dilation).Concat(kernel).All(n => n == 1) || !(kernel[1] > 3 && kernel[2] > 3) && x.Extents.ElementCount <= ManyElements);
    }

    // The products of the weights' transpose and the pixels, one for each tap of each channel, are added up where they fall, in the order of the taps; the bias last.
    private static Value Folded(TorchCall call, Spatial x, Value weights, int[] stride, int[] padding, int[] more, int[] dilation, int[] kernel)
    {
        int inputs = weights.Type.Shape[0], outputs = weights.Type.Shape[1], pixels = x.Extents[2] * x.Extents[3];
        var matrix = call.Reshape(weights, inputs, outputs * kernel[1] * kernel[2]);
        var image = call.Reshape(x.Value, pixels, inputs);
        // One pixel is a row.
        var columns = pixels == 1 ? MklProducts.Plain(call, image, matrix, null) : MklProducts.Plain(call, call.Permute(matrix, 1, 0), call.Permute(image, 1, 0), null);
        int[] extents = [.. Enumerable.Range(1, 2).Select(a => (x.Extents[a + 1] - 1) * stride[a] - 2 * padding[a] + dilation[a] * (kernel[a] - 1) + 1 + more[a])];
        TorchList Pair(params int[] of) => new(of[^2..].Select(n => (object?)(long)n));
        var sum = (Value)Patches.Fold(call.With(call.Reshape(columns, 1, outputs * kernel[1] * kernel[2], pixels), Pair(extents), Pair(kernel), Pair(dilation), Pair(padding), Pair(stride)))!;
        if (call.OptionalTensor(2, "bias") is { } bias) sum = call.Emit(new Binary(BinaryKind.Add), sum, call.Reshape(bias, outputs, 1, 1));
        return x.With(call.ToLast(call.Reshape(sum, 1, outputs, 1, extents[0], extents[1]))).Back();
    }

    private static (Spatial Data, Value Weights, int Axes) Operands(TorchCall call)
    {
        Value data = call.Tensor(0), weights = call.Tensor(1);
        int axes = weights.Type.Shape.Rank - 2;
        if (axes is < 1 or > 3 || data.Type.Element != ElementType.F32 || weights.Type.Element != ElementType.F32 || weights.Constant is null) throw call.Unsupported($"it has data {data.Type} and weights {weights.Type}");
        return (new Spatial(call, data, axes), weights, axes);
    }
}
