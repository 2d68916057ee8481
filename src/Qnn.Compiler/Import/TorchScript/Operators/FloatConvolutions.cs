using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Convolutions on floats, which a network keeps beside its quantized parts: one to three axes, and transposed.</summary>
internal static class FloatConvolutions
{
    /// <summary>(data, weight, bias, stride, padding, dilation, transposed, output padding, groups, ...); conv1d to conv3d have no transposed form.</summary>
    [TorchOperator("aten::_convolution", "aten::convolution", "aten::conv1d", "aten::conv2d", "aten::conv3d", "aten::_convolution_mode")]
    public static object? Import(TorchCall call)
    {
        bool general = call.Operator is "aten::_convolution" or "aten::convolution";
        int groups = call.Int(general ? 8 : 6, "groups", 1);
        if (general && call.Flag(6)) return Transposed(call, 3, 4, call.Ints(7), 5, groups);
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
        return axes == 3
            ? x.Convolve(weights, extents, stride, before, after, dilation, call.OptionalTensor(2, "bias"))
            : new ConvolutionSums(call, x, weights, axes, groups, extents, stride, before, after, dilation).Convolve(call.OptionalTensor(2, "bias"));
    }

    /// <summary>(data, weight, bias, stride, padding, output padding, groups, dilation).</summary>
    [TorchOperator("aten::conv_transpose1d", "aten::conv_transpose2d", "aten::conv_transpose3d")]
    public static object? ImportTransposed(TorchCall call) => Transposed(call, 3, 4, call.OptionalInts(5, "output_padding") ?? [0], 7, call.Int(6, "groups", 1));

    // A convolution of the data with stride - 1 zeros between its elements, by the weights turned around.
    private static Value Transposed(TorchCall call, int strides, int paddings, int[] outputPadding, int dilations, int groups)
    {
        var (x, weights, axes) = Operands(call);
        int[] stride = Spatial.Widen(call.Ints(strides, "stride", axes, 1), 1), padding = Spatial.Widen(call.Ints(paddings, "padding", axes, 0), 0), dilation = Spatial.Widen(call.Ints(dilations, "dilation", axes, 1), 1);
        if (outputPadding.Length == 1) outputPadding = [.. Enumerable.Repeat(outputPadding[0], axes)];
        int[] more = Spatial.Widen(outputPadding, 0), extents = Spatial.Widen([.. weights.Type.Shape.Span[2..]], 1);
        var shape = weights.Type.Shape;
        if (groups <= 0 || shape[0] != x.Channels || shape[0] % groups != 0 || stride.Concat(dilation).Any(n => n is <= 0 or > 1 << 16) || padding.Concat(more).Any(p => p is < 0 or > 1 << 16)) throw call.Malformed($"has data {x.Value.Type}, weights {weights.Type} and {groups} groups");
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
        return x.Insert(stride, 0).Pad(before, after, 0).Convolve(filter, extents, [1, 1, 1], [0, 0, 0], [0, 0, 0], dilation, call.OptionalTensor(2, "bias"));
    }

    private static (Spatial Data, Value Weights, int Axes) Operands(TorchCall call)
    {
        Value data = call.Tensor(0), weights = call.Tensor(1);
        int axes = weights.Type.Shape.Rank - 2;
        if (axes is < 1 or > 3 || data.Type.Element != ElementType.F32 || weights.Type.Element != ElementType.F32 || weights.Constant is null) throw call.Unsupported($"it has data {data.Type} and weights {weights.Type}");
        return (new Spatial(call, data, axes), weights, axes);
    }
}
