using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Pools of one to three axes. Quantized averages are exact integer sums less the zero points, times the float reciprocal of the window's count, rounded to even; the zero point is added after that where channels are last in memory, else before.</summary>
internal static class Pools
{
    // Where the zero point is added, and by which factor sums are multiplied.
    private enum AverageRounding
    {
        // Before rounding: PyTorch's kernel where channels are not last.
        Inside,
        // After it: where they are.
        Outside,
        // After it, QNNPACK's factor.
        Qnnpack,
    }

    [TorchOperator("aten::max_pool1d", "aten::max_pool2d", "aten::max_pool3d", "quantized::max_pool1d", "quantized::max_pool2d", "aten::quantized_max_pool1d", "aten::quantized_max_pool2d", "aten::quantized_max_pool3d")]
    public static object? Max(TorchCall call)
    {
        int axes = call.Operator[call.Operator.IndexOf("pool", StringComparison.Ordinal) + "pool".Length] - '0';
        var data = call.Tensor(0);
        int[] kernel = call.Ints(1, "kernel_size", axes, 1), padding = call.Ints(3, "padding", axes, 0), dilation = call.Ints(4, "dilation", axes, 1);
        int[] stride = call.OptionalInts(2, "stride") is { Length: > 0 } ? call.Ints(2, "stride", axes, 1) : kernel;
        var x = new Spatial(call, data, axes);
        if (dilation.Any(d => d != 1)) return Dilated(call, x, kernel, stride, padding, dilation, call.Flag(5, "ceil_mode"));
        var (k, s, before, after) = Windows(call, x, kernel, stride, padding, call.Flag(5, "ceil_mode"));
        var value = x.Value;
        var shape = value.Type.Shape;
        // A maximum over a box is one over height and width, then one over depth.
        var image = Pool(call, call.Reshape(value, shape[0] * shape[1], shape[2], shape[3], shape[4]), new Window2D(k[1], k[2], s[1], s[2], PadTop: before[1], PadLeft: before[2], PadBottom: after[1], PadRight: after[2]));
        var size = image.Type.Shape;
        if (k[0] > 1 || s[0] > 1)
        {
            var columns = call.Reshape(image, shape[0], shape[1], size[1] * size[2], size[3]);
            image = Pool(call, columns, new Window2D(k[0], 1, s[0], 1, PadTop: before[0], PadBottom: after[0]));
        }
        int slices = image.Type.Shape.ElementCount / Math.Max(1, shape[0] * size[1] * size[2] * size[3]);
        return x.With(call.Reshape(image, shape[0], slices, size[1], size[2], size[3])).Back();
    }

    [TorchOperator("aten::avg_pool1d", "aten::avg_pool2d", "aten::avg_pool3d")]
    public static object? Average(TorchCall call)
    {
        int axes = call.Operator[^2] - '0';
        int[] kernel = call.Ints(1, "kernel_size", axes, 1), padding = call.Ints(3, "padding", axes, 0);
        int[] stride = call.OptionalInts(2, "stride") is { Length: > 0 } ? call.Ints(2, "stride", axes, 1) : kernel;
        var x = new Spatial(call, call.Tensor(0), axes);
        // QNNPACK's kernel has no ceiling mode.
        var rounding = axes < 3 ? RoundingOf(call, !call.Flag(4, "ceil_mode")) : AverageRounding.Outside;
        bool ceil = call.Flag(4, "ceil_mode"), countPadding = call.Flag(5, "count_include_pad", true);
        long divisor = call.Long(6, "divisor_override", 0);
        // QNNPACK's kernel knows neither (qnnpack_avg_pool2d); PyTorch hands it what it has all the same.
        if (rounding == AverageRounding.Qnnpack) (countPadding, divisor) = (true, 0);
        int[] pads = Spatial.Widen(padding, 0);
        var (k, s, before, after) = Windows(call, x, kernel, stride, padding, ceil);
        int[] extents = [x.Extents[1], x.Extents[2], x.Extents[3]];
        var counts = new int[3][];
        for (int a = 0; a < 3; a++)
        {
            int outputs = (int)(((long)extents[a] + before[a] + after[a] - k[a]) / s[a]) + 1;
            counts[a] = new int[outputs];
            for (int o = 0; o < outputs; o++)
            {
                int start = o * s[a] - pads[a], end = Math.Min(start + k[a], extents[a] + pads[a]);
                counts[a][o] = countPadding ? end - start : Math.Min(end, extents[a]) - Math.Max(start, 0);
            }
        }
        return Sum(call, x, k, s, before, after, rounding, (d, h, w) => divisor != 0 ? divisor : (long)counts[0][d] * counts[1][h] * counts[2][w]);
    }

    [TorchOperator("aten::adaptive_avg_pool1d", "aten::adaptive_avg_pool2d", "aten::adaptive_avg_pool3d", "aten::_adaptive_avg_pool2d")]
    public static object? Adaptive(TorchCall call)
    {
        int axes = call.Operator[^2] - '0';
        var x = new Spatial(call, call.Tensor(0), axes);
        int[] extents = [x.Extents[1], x.Extents[2], x.Extents[3]];
        int[] wanted = Wanted(call, axes, extents);
        // One box is PyTorch's mean, but of quantized pictures.
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank;
        if (wanted.All(w => w == 1) && data.Type.Shape.ElementCount > 0 && rank > axes && (axes == 3 || data.Type.Quantization is null)) return MeanOver(call, data, [.. Enumerable.Range(rank - axes, axes)], true);
        // QNNPACK's kernel takes windows of one extent.
        var rounding = RoundingOf(call, wanted.Zip(extents).All(p => p.First > 0 && p.Second % p.First == 0));
        if (wanted.Any(w => w <= 0)) throw call.Malformed("pools to nothing");
        bool isReal = data.Type.Quantization is null;
        if (wanted.Zip(extents).All(p => p.Second % p.First == 0))
        {
            int[] window = [.. wanted.Zip(extents).Select(p => p.Second / p.First)];
            long count = isReal ? 1 : (long)window[0] * window[1] * window[2];
            var pooled = (Value)Sum(call, x, window, window, [0, 0, 0], [0, 0, 0], rounding, (_, _, _) => count);
            return isReal ? Divided(call, data, pooled, x.Channels, extents, wanted, axes) : pooled;
        }
        if ((long)wanted[0] * wanted[1] * wanted[2] > 4096) throw call.Unsupported("it pools windows of different extents to more than 4096 places");
        // Windows of different extents are pooled one by one, an axis after the other joined.
        var parts = x.With(Parts(call, x, wanted, rounding, 0)).Back();
        return isReal ? Divided(call, data, parts, x.Channels, extents, wanted, axes) : parts;
    }

    // Sums of floats by the extents of their windows, one after the other; with channels last, in sixteens of channels, by the product.
    private static Value Divided(TorchCall call, Value data, Value sums, int channels, int[] extents, int[] wanted, int axes)
    {
        const int Lanes = 16;
        int whole = call.Formats.IsChannelsLast(data) ? channels / Lanes * Lanes : 0, places = wanted[0] * wanted[1] * wanted[2];
        var shape = call.ShapeOf([channels, .. wanted[(3 - axes)..]]);
        for (int axis = 0; axis < 3; axis++)
        {
            var divisors = new float[channels * places];
            for (int i = 0; i < divisors.Length; i++)
            {
                int[] at = [i % places / (wanted[1] * wanted[2]), i % places / wanted[2] % wanted[1], i % wanted[2]];
                int[] windows = [.. at.Select((o, a) => (int)(((long)(o + 1) * extents[a] + wanted[a] - 1) / wanted[a] - (long)o * extents[a] / wanted[a]))];
                divisors[i] = i / places >= whole ? windows[axis] : axis == 0 ? (float)windows[0] * windows[1] * windows[2] : 1;
            }
            if (divisors.Any(d => d != 1)) sums = call.Emit(new Binary(BinaryKind.Divide), sums, TorchCall.Constant(Tensor.Of<float>(shape, divisors)));
        }
        return sums;
    }

    [TorchOperator("aten::mean")]
    public static object? Mean(TorchCall call)
    {
        var data = Sums.OfType(call, call.Tensor(0));
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(1, "dim") is { Length: > 0 } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        // QNNPACK has a kernel of its own for the mean of pictures: that of average pools.
        if (call.Numerics == TorchNumerics.Qnnpack && rank == 4 && data.Type.Element == ElementType.U8 && data.Type.Quantization is { IsPerChannel: false } && call.OptionalInts(1, "dim") is [2, 3] && data.Type.Shape.ElementCount > 0)
        {
            var x = new Spatial(call, data, 2);
            int[] extents = [x.Extents[1], x.Extents[2], x.Extents[3]];
            long count = (long)extents[0] * extents[1] * extents[2];
            var pooled = (Value)Sum(call, x, extents, extents, [0, 0, 0], [0, 0, 0], AverageRounding.Qnnpack, (_, _, _) => count);
            return call.Flag(2, "keepdim") ? pooled : call.Reshape(pooled, data.Type.Shape[0], data.Type.Shape[1]);
        }
        return MeanOver(call, data, axes, call.Flag(2, "keepdim"));
    }

    private static Value MeanOver(TorchCall call, Value data, int[] axes, bool keep)
    {
        int rank = data.Type.Shape.Rank;
        if (data.Type.Quantization is { IsPerChannel: false } kept && axes.Order().SequenceEqual(Enumerable.Range(rank - axes.Length, axes.Length)) && call.Formats.IsContiguous(data)) return InnerMean(call, data, kept, axes, keep);
        var real = Quantizing.Real(call, data);
        call.Formats.Like(real, data);
        var mean = Sums.Mean(call, real, axes, keep);
        return data.Type.Quantization is { } same ? call.Quantize(mean, same, data.Type.Element) : mean;
    }

    // The mean of integers that follow each other in memory: rint((float)(exact sum, zero points in it) / count).
    private static Value InnerMean(TorchCall call, Value data, Quantization same, int[] axes, bool keep)
    {
        long count = axes.Aggregate(1L, (n, a) => n * data.Type.Shape[a]);
        var sum = call.Emit(new Reduce(ReduceKind.Sum, new Ints(axes), keep), call.Emit(new Cast(ElementType.S32), data));
        var mean = call.Emit(new Binary(BinaryKind.Divide), call.Emit(new Cast(ElementType.F32), sum), TorchCall.Constant((float)count));
        return call.EmitQuantized(new Reshape(mean.Type.Shape), same, call.Quantize(mean, new Quantization(1, 0), data.Type.Element));
    }

    [TorchOperator("aten::sum")]
    public static object? SumOf(TorchCall call)
    {
        if (call.Argument(0) is TorchList list) return list.Items.TrueForAll(i => i is long or bool) ? (object)list.Items.Sum(i => i is true ? 1 : i as long? ?? 0) : list.Items.Sum(i => i is double real ? real : i as long? ?? 0);
        var data = Sums.Operand(call, call.Tensor(0));
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(1, "dim") is { Length: > 0 } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        return Sums.Over(call, data, axes, call.Flag(2, "keepdim"));
    }

    // QNNPACK's kernel takes uint8 pictures, and series as pictures of one line.
    private static AverageRounding RoundingOf(TorchCall call, bool fitsQnnpack)
    {
        var data = call.Tensor(0);
        bool isPicture = data.Type.Shape.Rank == (call.Operator.EndsWith("1d", StringComparison.Ordinal) ? 3 : 4);
        if (fitsQnnpack && call.Numerics == TorchNumerics.Qnnpack && data.Type.Element == ElementType.U8 && isPicture) return AverageRounding.Qnnpack;
        return call.Formats.IsChannelsLast(data) ? AverageRounding.Outside : AverageRounding.Inside;
    }

    // The extents that an adaptive pool makes; None keeps an axis.
    private static int[] Wanted(TorchCall call, int axes, int[] extents)
    {
        object?[] given = call.Argument(1, "output_size") switch { Archive.TorchList list => [.. list.Items], object?[] tuple => tuple, _ => [.. call.Ints(1, "output_size", axes, 1).Select(n => (object?)(long)n)] };
        if (given.Length == 1) given = [.. Enumerable.Repeat(given[0], axes)];
        if (given.Length != axes) throw call.Malformed($"has {given.Length} extents");
        int[] wanted = [1, 1, 1];
        for (int a = 0; a < axes; a++) wanted[3 - axes + a] = given[a] is long n ? (int)Math.Clamp(n, 0, 1 << 20) : extents[3 - axes + a];
        return wanted;
    }

    [TorchOperator("aten::adaptive_max_pool1d", "aten::adaptive_max_pool2d", "aten::adaptive_max_pool3d")]
    public static object? AdaptiveMax(TorchCall call)
    {
        int axes = call.Operator[^2] - '0';
        var data = call.Tensor(0);
        var x = new Spatial(call, data, axes);
        int[] wanted = Wanted(call, axes, [x.Extents[1], x.Extents[2], x.Extents[3]]);
        if (wanted.Any(w => w <= 0) || (long)wanted[0] * wanted[1] * wanted[2] > 4096) throw call.Unsupported("it pools to none or more than 4096 places");
        var value = x.Value;
        // A maximum over a box is one along each axis after the other.
        for (int axis = 1; axis <= 3; axis++)
        {
            int extent = value.Type.Shape[axis], count = wanted[axis - 1];
            if (count == extent) continue;
            var parts = new Value[count];
            for (int o = 0; o < count; o++)
            {
                int from = (int)((long)o * extent / count), to = (int)(((long)(o + 1) * extent + count - 1) / count);
                parts[o] = call.EmitQuantized(new Reduce(ReduceKind.Max, new Ints(axis), true), value.Type.Quantization, Shaping.Along(call, value, axis, from, 1, to - from));
            }
            value = count == 1 ? parts[0] : call.EmitQuantized(new Concat(axis), value.Type.Quantization, parts);
        }
        return new object?[] { x.With(value).Back(), null };
    }

    // A dilated window is the greatest of its taps, each a strided slice of the padded data; padding is the least number.
    private static Value Dilated(TorchCall call, Spatial x, int[] kernel, int[] stride, int[] padding, int[] dilation, bool ceil)
    {
        int[] k = Spatial.Widen(kernel, 1), d = Spatial.Widen(dilation, 1);
        if (k.Any(n => n is <= 0 or > 1 << 10) || d.Any(n => n is <= 0 or > 1 << 10) || (long)k[0] * k[1] * k[2] > 4096) throw call.Malformed("has a malformed window");
        int[] reach = [.. k.Zip(d, (n, by) => (n - 1) * by + 1)];
        var (_, s, before, after) = Windows(call, x, reach, [.. stride], [.. padding], ceil);
        var type = x.Value.Type;
        double least = type.Element == ElementType.F32 ? double.NegativeInfinity : TorchCall.RangeOf(type.Element).Low;
        var padded = x.Pad(before, after, least).Value;
        var shape = padded.Type.Shape;
        int[] extents = [shape[0], (shape[1] - reach[0]) / s[0] + 1, (shape[2] - reach[1]) / s[1] + 1, (shape[3] - reach[2]) / s[2] + 1, shape[4]];
        var value = padded;
        for (int a = 0; a < 3; a++)
        {
            int[] now = value.Type.Shape.ToArray();
            now[a + 1] = extents[a + 1];
            if (k[a] == 1 && now[a + 1] == value.Type.Shape[a + 1]) continue;
            var taps = new Value[k[a]];
            for (int t = 0; t < taps.Length; t++)
            {
                int[] begin = new int[5], strides = [1, 1, 1, 1, 1];
                (begin[a + 1], strides[a + 1]) = (t * d[a], s[a]);
                taps[t] = call.Reshape(call.EmitQuantized(new StridedSlice(new Ints(begin), new Ints(strides), call.ShapeOf(now)), type.Quantization, value), [1, .. now]);
            }
            var stacked = taps.Length == 1 ? taps[0] : call.EmitQuantized(new Concat(0), type.Quantization, taps);
            value = call.EmitQuantized(new Reduce(ReduceKind.Max, new Ints(0), false), type.Quantization, stacked);
        }
        return x.With(value).Back();
    }

    private static Value Parts(TorchCall call, Spatial x, int[] wanted, AverageRounding rounding, int axis)
    {
        int[] extents = [x.Extents[1], x.Extents[2], x.Extents[3]];
        if (axis == 3)
        {
            long count = x.Value.Type.Quantization is null ? 1 : (long)extents[0] * extents[1] * extents[2];
            return new Spatial(call, (Value)Sum(call, x, extents, extents, [0, 0, 0], [0, 0, 0], rounding, (_, _, _) => count)).Value;
        }
        var parts = new Value[wanted[axis]];
        for (int o = 0; o < parts.Length; o++)
        {
            int from = (int)((long)o * extents[axis] / wanted[axis]), to = (int)(((long)(o + 1) * extents[axis] + wanted[axis] - 1) / wanted[axis]);
            parts[o] = Parts(call, x.With(Shaping.Along(call, x.Value, axis + 1, from, 1, to - from)), wanted, rounding, axis + 1);
        }
        return parts.Length == 1 ? parts[0] : call.EmitQuantized(new Concat(axis + 1), x.Value.Type.Quantization, parts);
    }

    private static object Sum(TorchCall call, Spatial x, int[] kernel, int[] stride, int[] before, int[] after, AverageRounding rounding, Func<int, int, int, long> count)
    {
        bool inside = rounding == AverageRounding.Inside;
        int channels = x.Channels;
        var type = x.Value.Type;
        if (type.Quantization is not { } same) return FloatSum(call, x, kernel, stride, before, after, count);
        if (type.Element is not (ElementType.U8 or ElementType.S8) || same.IsPerChannel) throw call.Unsupported($"it has data {type}");
        var ones = new sbyte[channels * kernel[0] * kernel[1] * kernel[2]];
        Array.Fill(ones, (sbyte)1);
        var (low, high) = TorchCall.RangeOf(type.Element);
        return x.Convolve(ones, channels, new Quantization(1, 0), kernel, stride, before, after, [1, 1, 1], channels, null, sums =>
        {
            var shape = sums.Type.Shape;
            int slices = shape[0] / Math.Max(1, x.Extents[0]);
            var factors = new float[slices * shape[1] * shape[2]];
            for (int d = 0, i = 0; d < slices; d++)
                for (int h = 0; h < shape[1]; h++)
                    for (int w = 0; w < shape[2]; w++) factors[i++] = Factor(Math.Max(1, count(d, h, w)));
            if (!inside && factors.All(f => f == factors[0]))
            {
                return call.EmitQuantized(new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles(factors[0]), type.Element, same.ZeroPoint, low, high), same, sums);
            }
            var real = call.Reshape(call.Emit(new Cast(ElementType.F32), sums), x.Extents[0], slices, shape[1], shape[2], channels);
            var scaled = call.Emit(new Binary(BinaryKind.Multiply), real, TorchCall.Constant(Tensor.Of<float>(new Shape(1, slices, shape[1], shape[2], 1), factors)));
            if (inside && same.ZeroPoint != 0) scaled = call.Emit(new Binary(BinaryKind.Add), scaled, TorchCall.Constant((float)same.ZeroPoint));
            var quantized = call.Quantize(scaled, new Quantization(1, inside ? 0 : same.ZeroPoint), type.Element);
            return call.EmitQuantized(new Reshape(shape), same, quantized);
        });

        // QNNPACK's is the quotient of the scales, which are one, and the count.
        float Factor(long number) => rounding == AverageRounding.Qnnpack ? same.Scale / (same.Scale * number) : 1f / number;
    }

    private static Value FloatSum(TorchCall call, Spatial x, int[] kernel, int[] stride, int[] before, int[] after, Func<int, int, int, long> count)
    {
        var shape = x.Extents;
        if (kernel[0] != 1 || stride[0] != 1) return FloatSumOfTaps(call, x, kernel, stride, before, after, count);
        var image = call.Reshape(x.Value, shape[0] * shape[1], shape[2], shape[3], shape[4]);
        var window = new Window2D(kernel[1], kernel[2], stride[1], stride[2], PadTop: before[1], PadLeft: before[2], PadBottom: after[1], PadRight: after[2]);
        if (before.Concat(after).Any(p => p != 0) || count(0, 0, 0) != (long)kernel[1] * kernel[2])
        {
            var ones = new float[kernel[1] * kernel[2] * shape[4]];
            Array.Fill(ones, 1f);
            var sums = call.Emit(new DepthwiseConv2D(window), image, TorchCall.Constant(Tensor.Of<float>(new Shape(1, kernel[1], kernel[2], shape[4]), ones)));
            var size = sums.Type.Shape;
            var divisors = new float[size[1] * size[2]];
            for (int i = 0; i < divisors.Length; i++) divisors[i] = Math.Max(1, count(0, i / size[2], i % size[2]));
            image = call.Emit(new Binary(BinaryKind.Divide), sums, TorchCall.Constant(Tensor.Of<float>(new Shape(1, size[1], size[2], 1), divisors)));
        }
        else image = call.Emit(new Pool2D(PoolKind.Average, window), image);
        return x.With(call.Reshape(image, shape[0], shape[1], image.Type.Shape[1], image.Type.Shape[2], shape[4])).Back();
    }

    // Over three axes tap by tap, as PyTorch adds: every tap is a strided slice of the padded data.
    private static Value FloatSumOfTaps(TorchCall call, Spatial x, int[] kernel, int[] stride, int[] before, int[] after, Func<int, int, int, long> count)
    {
        const int MostTaps = 1000;
        if ((long)kernel[0] * kernel[1] * kernel[2] > MostTaps) throw call.Unsupported($"it averages more than {MostTaps} elements over three axes");
        var padded = x.Pad(before, after, 0).Value;
        var shape = padded.Type.Shape;
        var size = new Shape(shape[0], (shape[1] - kernel[0]) / stride[0] + 1, (shape[2] - kernel[1]) / stride[1] + 1, (shape[3] - kernel[2]) / stride[2] + 1, shape[4]);
        Value? sum = null;
        for (int d = 0; d < kernel[0]; d++)
            for (int h = 0; h < kernel[1]; h++)
                for (int w = 0; w < kernel[2]; w++)
                {
                    var tap = call.Emit(new StridedSlice(new Ints(0, d, h, w, 0), new Ints(1, stride[0], stride[1], stride[2], 1), size), padded);
                    sum = sum is null ? tap : call.Emit(new Binary(BinaryKind.Add), sum, tap);
                }
        var divisors = new float[size[1] * size[2] * size[3]];
        for (int i = 0; i < divisors.Length; i++) divisors[i] = Math.Max(1, count(i / (size[2] * size[3]), i / size[3] % size[2], i % size[3]));
        return x.With(call.Emit(new Binary(BinaryKind.Divide), sum!, TorchCall.Constant(Tensor.Of<float>(new Shape(1, size[1], size[2], size[3], 1), divisors)))).Back();
    }

    private static Value Pool(TorchCall call, Value image, Window2D window)
    {
        if (window is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1 }) return image;
        if (image.Type.Element == ElementType.F32) return call.Emit(new Pool2D(PoolKind.Max, window), image);
        var (low, high) = TorchCall.RangeOf(image.Type.Element);
        return call.EmitQuantized(new QuantizedPool2D(PoolKind.Max, window, low, high), image.Type.Quantization, image);
    }

    // With ceil_mode the last window may begin inside the data or the padding before it and reach beyond the padding behind.
    private static (int[] Kernel, int[] Stride, int[] Before, int[] After) Windows(TorchCall call, Spatial x, int[] kernel, int[] stride, int[] padding, bool ceil)
    {
        int[] k = Spatial.Widen(kernel, 1), s = Spatial.Widen(stride, 1), before = Spatial.Widen(padding, 0), after = [.. before];
        for (int a = 0; a < 3; a++)
        {
            if (k[a] is <= 0 or > 1 << 20 || s[a] is <= 0 or > 1 << 20 || before[a] < 0 || before[a] > k[a] / 2) throw call.Malformed("has a malformed window");
            int extent = x.Extents[a + 1];
            long room = (long)extent + 2L * before[a] - k[a];
            if (room < 0) throw call.Malformed($"has a window larger than {x.Extents}");
            long outputs = room / s[a] + 1;
            if (ceil && room % s[a] != 0 && outputs * s[a] < extent + before[a]) outputs++;
            after[a] = (int)Math.Max(0, (outputs - 1) * s[a] + k[a] - extent - before[a]);
        }
        return (k, s, before, after);
    }
}
