using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// Data of one to three spatial axes, as PyTorch has it (channels second), seen as [N, depth, height, width, channels] for the operators with windows.
/// A result goes back to the axes and the order that the data had.
/// </summary>
internal sealed class Spatial
{
    private readonly TorchCall _call;
    private readonly int _axes;
    private readonly bool _batched;
    private readonly Value _value;

    /// <summary>Takes data as PyTorch has it; a missing batch axis is added.</summary>
    public Spatial(TorchCall call, Value data, int axes = -1)
    {
        int rank = data.Type.Shape.Rank;
        _axes = axes < 0 ? rank - 2 : axes;
        _batched = rank == _axes + 2;
        if (_axes is < 1 or > 3 || !_batched && rank != _axes + 1) throw call.Malformed($"does not take {data.Type}");
        _call = call;
        if (!_batched) data = call.Reshape(data, [1, .. data.Type.Shape]);
        var last = call.ToLast(data);
        var shape = last.Type.Shape;
        _value = call.Reshape(last, [shape[0], .. Enumerable.Repeat(1, 3 - _axes), .. shape.Span[1..]]);
    }

    private Spatial(Spatial like, Value value) => (_call, _axes, _batched, _value) = (like._call, like._axes, like._batched, value);

    /// <summary>The data, [N, depth, height, width, channels].</summary>
    public Value Value => _value;

    /// <summary>Channels.</summary>
    public int Channels => Extents[4];

    /// <summary>The extents.</summary>
    public Shape Extents => _value.Type.Shape;

    /// <summary>A list of one to three numbers as three.</summary>
    public static int[] Widen(int[] numbers, int otherwise) => [.. Enumerable.Repeat(otherwise, 3 - numbers.Length), .. numbers];

    /// <summary>Other data of the same axes and order.</summary>
    public Spatial With(Value value) => new(this, value);

    /// <summary>The data as PyTorch has it.</summary>
    public Value Back()
    {
        var shape = Extents;
        var second = _call.ToSecond(_call.Reshape(_value, [shape[0], .. shape.Span[(4 - _axes)..]]));
        return _batched ? second : _call.Reshape(second, second.Type.Shape.Span[1..]);
    }

    /// <summary>Puts stride - 1 zeros behind every element of each spatial axis.</summary>
    public Spatial Insert(int[] stride, int zeroPoint)
    {
        var value = _value;
        for (int a = 0; a < 3; a++)
        {
            if (stride[a] == 1) continue;
            int[] extents = value.Type.Shape.ToArray();
            int outer = extents[..(a + 2)].Aggregate(1, (n, e) => checked(n * e)), inner = extents[(a + 2)..].Aggregate(1, (n, e) => checked(n * e));
            var apart = _call.Reshape(value, outer, 1, inner);
            var padded = _call.EmitQuantized(new Pad(new Ints(0, 0, 0), new Ints(0, stride[a] - 1, 0), zeroPoint), value.Type.Quantization, apart);
            extents[a + 1] = checked((int)Math.Min((long)extents[a + 1] * stride[a], int.MaxValue));
            value = _call.Reshape(padded, extents);
        }
        return With(value);
    }

    /// <summary>Pads the spatial axes, or cuts where a number is negative.</summary>
    public Spatial Pad(int[] before, int[] after, double number)
    {
        var value = _value;
        int[] extents = Extents.ToArray();
        if (before.Any(b => b < 0) || after.Any(a => a < 0))
        {
            var begin = new int[5];
            for (int a = 0; a < 3; a++)
            {
                begin[a + 1] = Math.Max(0, -before[a]);
                extents[a + 1] -= begin[a + 1] + Math.Max(0, -after[a]);
                if (extents[a + 1] <= 0) throw _call.Malformed($"leaves nothing of {Extents}");
            }
            value = _call.EmitQuantized(StridedSlice.Contiguous(begin, new Shape(extents)), value.Type.Quantization, value);
        }
        if (before.Any(b => b > 0) || after.Any(a => a > 0))
        {
            value = _call.EmitQuantized(
                new Pad(new Ints([0, .. before.Select(b => Math.Max(b, 0)), 0]), new Ints([0, .. after.Select(a => Math.Max(a, 0)), 0]), number), value.Type.Quantization, value);
        }
        return With(value);
    }

    /// <summary>A convolution of floats with weights [O, I/G, K...], whose products are added in some order; the bias may join the first of several sums.</summary>
    public Value Convolve(Value weights, int[] kernel, int[] stride, int[] before, int[] after, int[] dilation, Value? bias, FloatSum sum = FloatSum.Rounded, bool biasJoinsFirst = false)
    {
        int outputs = weights.Type.Shape[0], depth = weights.Type.Shape[1];
        var (value, slices) = Slices(Pad([before[0], 0, 0], [after[0], 0, 0], 0).Value, kernel[0], stride[0], dilation[0], Channels / depth);
        var shape = value.Type.Shape;
        // [O, I, D, H, W] as [O, H, W, D * I]
        var filter = _call.Reshape(_call.Permute(_call.Reshape(weights, outputs, depth, kernel[0], kernel[1], kernel[2]), 0, 3, 4, 2, 1), outputs, kernel[1], kernel[2], kernel[0] * depth);
        var window = new Window2D(kernel[1], kernel[2], stride[1], stride[2], dilation[1], dilation[2], before[1], before[2], after[1], after[2]);
        var addend = bias is not null && biasJoinsFirst ? _call.Emit(new BroadcastTo(new Shape(shape[0], window.OutputHeight(shape[1]), window.OutputWidth(shape[2]), outputs)), bias) : null;
        var result = _call.Emit(new Conv2D(window, Sum: sum), value, filter, addend is null ? bias : null, addend);
        var size = result.Type.Shape;
        return With(_call.Reshape(result, shape[0] / slices, slices, size[1], size[2], outputs)).Back();
    }

    /// <summary>A convolution with weights [O, I/G, K...], whose accumulators <paramref name="finish"/> requantizes.</summary>
    public Value Convolve(
        sbyte[] weights, int outputs, Quantization quantization, int[] kernel, int[] stride, int[] before, int[] after, int[] dilation, int groups, Value? bias, Func<Value, Value> finish)
    {
        int depth = Channels / groups, zeroPoint = _value.Type.ZeroPoint;
        // Negative padding cuts; along the depth axis all padding is done at once.
        int[] cutBefore = [before[0], Math.Min(before[1], 0), Math.Min(before[2], 0)], cutAfter = [after[0], Math.Min(after[1], 0), Math.Min(after[2], 0)];
        var value = Pad(cutBefore, cutAfter, zeroPoint).Value;
        var window = new Window2D(kernel[1], kernel[2], stride[1], stride[2], dilation[1], dilation[2], Math.Max(before[1], 0), Math.Max(before[2], 0), Math.Max(after[1], 0), Math.Max(after[2], 0));
        var shape = value.Type.Shape;
        var (image, slices) = Slices(value, kernel[0], stride[0], dilation[0], groups);
        int plane = kernel[1] * kernel[2], rows = kernel[0] * depth;
        Value sums;
        if (groups == Channels && kernel[0] == 1 && outputs % groups == 0 && groups > 1)
        {
            var packed = new sbyte[outputs * plane];
            for (int o = 0; o < outputs; o++)
                for (int p = 0; p < plane; p++) packed[p * outputs + o] = weights[o * plane + p];
            var along = quantization.IsPerChannel ? new Quantization(quantization.Scales, quantization.ZeroPoints, 3) : quantization;
            bool saturates = outputs == groups && FbgemmDepthwise.Saturates(_call.Numerics, window, groups, quantization);
            sums = _call.Emit(new QnnDepthwiseConv2D(window, SaturatesPairs: saturates), image, TorchCall.Constant(Tensor.Of<sbyte>(new Shape(1, kernel[1], kernel[2], outputs), packed, along)), bias);
        }
        else
        {
            // [O, I, D, HW] as [O, HW, D, I]
            var packed = new sbyte[weights.Length];
            for (int o = 0; o < outputs; o++)
                for (int i = 0; i < depth; i++)
                    for (int d = 0; d < kernel[0]; d++)
                        for (int p = 0; p < plane; p++)
                        {
                            packed[((o * plane + p) * kernel[0] + d) * depth + i] = weights[((o * depth + i) * kernel[0] + d) * plane + p];
                        }
            sums = _call.Emit(new QnnConv2D(window, groups), image, TorchCall.Constant(Tensor.Of<sbyte>(new Shape(outputs, kernel[1], kernel[2], rows), packed, quantization)), bias);
        }
        var result = finish(sums);
        var size = result.Type.Shape;
        return With(_call.Reshape(result, shape[0], slices, size[1], size[2], outputs)).Back();
    }

    // The slices along the depth axis as images of their own, the taps of each along that axis as channels: [N * slices, H, W, groups * taps * depth].
    private (Value Images, int Slices) Slices(Value value, int kernel, int stride, int dilation, int groups)
    {
        var shape = value.Type.Shape;
        int depth = shape[4] / groups;
        long reach = (long)dilation * (kernel - 1);
        int slices = shape[1] > reach ? (int)((shape[1] - reach - 1) / stride) + 1 : throw _call.Malformed($"has a window larger than {Extents}");
        if (kernel > 1 || slices != shape[1])
        {
            var taps = new Value[kernel];
            for (int t = 0; t < taps.Length; t++)
            {
                var tap = _call.EmitQuantized(
                    new StridedSlice(new Ints(0, t * dilation, 0, 0, 0), new Ints(1, stride, 1, 1, 1), new Shape(shape[0], slices, shape[2], shape[3], shape[4])), value.Type.Quantization, value);
                taps[t] = _call.Reshape(tap, shape[0], slices, shape[2], shape[3], groups, depth);
            }
            value = taps.Length == 1 ? taps[0] : _call.EmitQuantized(new Concat(5), value.Type.Quantization, taps);
        }
        return (_call.Reshape(value, shape[0] * slices, shape[2], shape[3], groups * kernel * depth), slices);
    }
}
