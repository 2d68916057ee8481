using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Convolutions on floats, which a network keeps beside its quantized parts: one or two axes.</summary>
internal static class FloatConvolutions
{
    /// <summary>(data, weight, bias, stride, padding, dilation, transposed, output padding, groups, ...); conv1d and conv2d have no transposed form.</summary>
    [TorchOperator("aten::_convolution", "aten::convolution", "aten::conv1d", "aten::conv2d", "aten::_convolution_mode")]
    public static object? Import(TorchCall call)
    {
        bool general = call.Operator is "aten::_convolution" or "aten::convolution";
        if (general && call.Flag(6)) throw call.Unsupported("it is a transposed convolution on floats");
        Value data = call.Tensor(0), weights = call.Tensor(1);
        int axes = weights.Type.Shape.Rank - 2;
        if (axes is < 1 or > 2) throw call.Unsupported($"it has weights {weights.Type}");
        if (data.Type.Element != ElementType.F32 || weights.Type.Element != ElementType.F32 || weights.Constant is null) throw call.Unsupported($"it has data {data.Type} and weights {weights.Type}");
        int[] stride = Spatial.Widen(call.Ints(3, "stride", axes, 1), 1), dilation = Spatial.Widen(call.Ints(5, "dilation", axes, 1), 1);
        int groups = call.Int(general ? 8 : 6, "groups", 1);
        var x = new Spatial(call, data, axes);
        var kernel = weights.Type.Shape;
        int height = axes == 2 ? kernel[2] : 1, width = kernel[axes + 1];
        int[] reach = [0, dilation[1] * (height - 1), dilation[2] * (width - 1)], before = new int[3], after = new int[3];
        if (call.Argument(4, "padding") is string mode)
        {
            if (mode == "same") (before, after) = ([.. reach.Select(r => r / 2)], [.. reach.Select(r => r - r / 2)]);
        }
        else before = after = Spatial.Widen(call.Ints(4, "padding", axes, 0), 0);
        if (groups <= 0 || kernel[0] % groups != 0 || (long)kernel[1] * groups != x.Channels || stride.Concat(dilation).Any(n => n <= 0) || before.Concat(after).Any(p => p < 0)) throw call.Malformed($"has data {data.Type}, weights {weights.Type} and {groups} groups");
        var window = new Window2D(height, width, stride[1], stride[2], dilation[1], dilation[2], before[1], before[2], after[1], after[2]);
        var s = x.Extents;
        var filter = call.Permute(call.Reshape(weights, kernel[0], kernel[1], height, width), 0, 2, 3, 1);
        var result = call.Emit(new Conv2D(window), call.Reshape(x.Value, s[0], s[2], s[3], s[4]), filter, call.OptionalTensor(2, "bias"));
        var size = result.Type.Shape;
        return x.With(call.Reshape(result, s[0], 1, size[1], size[2], size[3])).Back();
    }
}
