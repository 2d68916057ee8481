using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Pools over windows and whole images.</summary>
internal static class Pools
{
    private const int LongestColumn = 32;

    /// <summary>The largest element of a window. On quantized data, where the scale stays, of the quantized numbers.</summary>
    [OnnxOperator("MaxPool", Varying = VaryingOperands.Taken)]
    public static void MaxPool(OnnxNode node)
    {
        var x = node.Input(0);
        if (node.Proto.Output.Count > 1 && node.Proto.Output[1].Length > 0) node.Result(Places(node, x), 1);
        if (node.Quantized(0) is { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } q && node.Importer.Following(node) is { } target && target.Element == q.Type.Element && Equals(target.Quantization, q.Type.Quantization))
        {
            node.Importer.Finish(target, Largest(node, q));
            return;
        }
        node.Result(Largest(node, x));
    }

    /// <summary>MaxPool of 8-bit images with their channels last, which ONNX Runtime stores when it has optimized a model.</summary>
    [OnnxOperator("NhwcMaxPool", OnnxOperatorAttribute.Microsoft)]
    public static void NhwcMaxPool(OnnxNode node) => node.Result(Channels.ToLast(node.Importer.Builder, Largest(node, Channels.ToSecond(node.Importer.Builder, node.Input(0), node.Location)), node.Location));

    // Where the first largest element of each window lies in the flat data.
    private static Value Places(OnnxNode node, Value x)
    {
        if (node.Int("storage_order", 0) != 0 || x.Type.Element != ElementType.F32) throw node.Unsupported("it gives indices by columns, or of quantized data");
        var windows = Window(node, x.Type.Shape);
        var patches = Patches.Of(node, x, windows, float.NegativeInfinity);
        var s = patches.Data.Type.Shape;
        int pixels = x.Type.Shape.Skip(2).Aggregate(1, (n, e) => n * e);
        // The place of every tap of every window, found as its elements are.
        var image = node.Reshape(node.Emit(new Cast(ElementType.F32), OnnxNode.Iota(1, 0, pixels)), [1, 1, .. x.Type.Shape.Skip(2)]);
        if (pixels > 1 << 24) throw node.Unsupported("its images are too large for indices");
        var places = node.Reshape(node.Emit(new Cast(ElementType.S64), Patches.Of(node, image, windows, 0).Data), s[2] * s[3]);
        var tap = node.Emit(new ArgReduce(2, false, ElementType.S64), patches.Data);
        var at = node.Emit(new Binary(BinaryKind.Add), node.Emit(new Binary(BinaryKind.Multiply), tap, OnnxNode.Scalar((long)s[3])), OnnxNode.Iota(3, 2, s[3]));
        var channels = node.Emit(new Binary(BinaryKind.Multiply), node.Reshape(OnnxNode.Iota(1, 0, s[0] * s[1]), s[0], s[1], 1), OnnxNode.Scalar((long)pixels));
        return patches.Spread(node, node.Emit(new Binary(BinaryKind.Add), node.Emit(new Gather(0), places, at), channels));
    }

    private static Value Largest(OnnxNode node, Value x)
    {
        var windows = Window(node, x.Type.Shape);
        if (windows.Kernel.Length == 3 || windows.Dilations.Any(d => d != 1))
        {
            double least = x.Type.Element switch { ElementType.F32 => float.NegativeInfinity, ElementType.S8 => sbyte.MinValue, ElementType.U8 => 0, _ => throw node.Unsupported($"it pools {x.Type.Element.Name()}") };
            var patches = Patches.Of(node, x, windows, least);
            return patches.Spread(node, node.Move(new Reduce(ReduceKind.Max, new Ints(2), false), patches.Data));
        }
        var window = windows.Last2D();
        return Planar(node, x, last => x.Type.Element switch
        {
            ElementType.F32 => node.Emit(new Pool2D(PoolKind.Max, window), last),
            ElementType.U8 => node.EmitQuantized(new QuantizedPool2D(PoolKind.Max, window, 0, 255), x.Type.Quantization, last),
            ElementType.S8 => node.EmitQuantized(new QuantizedPool2D(PoolKind.Max, window, -128, 127), x.Type.Quantization, last),
            _ => throw node.Unsupported($"it pools {x.Type.Element.Name()}"),
        });
    }

    /// <summary>The mean of a window; between DequantizeLinear and QuantizeLinear a QLinearAveragePool.</summary>
    [OnnxOperator("AveragePool", Varying = VaryingOperands.Taken)]
    public static void AveragePool(OnnxNode node)
    {
        if (Fused(node) is { } group) node.Importer.Finish(group.Target, Elementwise.Unsigned(node, group.Target, [group.Data], (x, y) => Quantized(node, x[0], y)));
        else node.Result(Mean(node, node.Input(0), real: true));
    }

    /// <summary>x, its scale and zero point, the result's.</summary>
    [OnnxOperator("QLinearAveragePool", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QLinearAveragePool(OnnxNode node)
    {
        bool isLast = node.Int("channels_last", 0) != 0;
        var x = isLast ? Channels.ToSecond(node.Importer.Builder, node.Input(0), node.Location) : node.Input(0);
        var y = Quantized(node, node.WithScales(x, 1, 2), node.Scales(3, 4));
        node.Result(isLast ? Channels.ToLast(node.Importer.Builder, y, node.Location) : y);
    }

    // ONNX Runtime makes its elements real, takes float means, and quantizes those; the zero point is added before rounding, which an odd one shows at halves.
    private static Value Quantized(OnnxNode node, Value x, Ir.Quantization y)
    {
        // A window of the whole image is a QLinearGlobalAveragePool.
        var windows = Window(node, x.Type.Shape);
        if (windows.Before.Concat(windows.After).All(p => p == 0) && windows.Kernel.SequenceEqual(x.Type.Shape.Skip(2))) return WholeMean(node, x, y);
        var (low, high) = IntegerRange.Of(x.Type.Element);
        var steps = node.Emit(new Binary(BinaryKind.Divide), Mean(node, node.Emit(new Dequantize(), x)), OnnxNode.Scalar(y.Scale));
        var rounded = node.Emit(new Unary(UnaryKind.Round), node.Emit(new Binary(BinaryKind.Add), steps, OnnxNode.Scalar((float)y.ZeroPoint)));
        return node.EmitQuantized(new Cast(x.Type.Element), y, node.Emit(Unary.Clamp(low, high), rounded));
    }

    // MLAS adds up an image in lanes, images in blocks of channels pixel after pixel.
    private static Value RealMean(OnnxNode node, Value x, bool inBlocks)
    {
        var s = x.Type.Shape;
        if (inBlocks || x.Type.Element != ElementType.F32) return node.Emit(new Reduce(ReduceKind.Mean, Spatial(s), true), x);
        int count = s.Skip(2).Aggregate(1, (n, e) => n * e);
        var sums = node.Emit(new RowSum(RowSumOrder.Lanes), node.Reshape(x, s[0], s[1], count));
        return node.Reshape(node.Emit(new Binary(BinaryKind.Divide), sums, OnnxNode.Scalar((float)count)), [s[0], s[1], .. s.Skip(2).Select(_ => 1)]);
    }

    private static Value Mean(OnnxNode node, Value x, bool real = false)
    {
        var windows = Window(node, x.Type.Shape);
        bool padded = windows.Before.Concat(windows.After).Any(p => p > 0), counts = node.Int("count_include_pad", 0) != 0, counted = counts && padded;
        // Since version 19 ONNX Runtime adds up windows itself, row by row, and before where it counts padding and rounds their number up. What they take behind the stated padding counts in QLinearAveragePool alone then.
        bool byLibrary = real && node.Opset < 19 && !(counts && node.Int("ceil_mode", 0) != 0);
        int[] uncounted = real && counted ? windows.RoundedUp : new int[windows.Kernel.Length];
        bool byColumns = byLibrary && windows.Strides[^1] <= 2 && windows.Kernel.All(k => k <= LongestColumn);
        if (windows.Kernel.Length < 3 && windows.Dilations.All(d => d == 1) && uncounted.All(p => p == 0))
        {
            if (byLibrary && !padded && !ChannelBlocks.Fills(x.Type.Shape) && windows.Strides.All(s => s == 1) && windows.Kernel.SequenceEqual(x.Type.Shape.Skip(2))) return RealMean(node, x, false);
            var order = byColumns && !ChannelBlocks.Fills(x.Type.Shape) && windows.Kernel.Length == 2 ? PoolOrder.Columns : PoolOrder.Rows;
            if (counted)
            {
                x = node.Emit(new Pad(new Ints([0, 0, .. windows.Before]), new Ints([0, 0, .. windows.After]), 0), x);
                windows = windows with { Before = new int[windows.Before.Length], After = new int[windows.After.Length] };
            }
            return Planar(node, x, last => node.Emit(new Pool2D(PoolKind.Average, windows.Last2D(), Order: order), last));
        }
        var patches = Patches.Of(node, x, windows, 0);
        var sums = patches.Data;
        if (byColumns && windows.Kernel.Length == 3)
        {
            var s = sums.Type.Shape;
            sums = node.Emit(new Reduce(ReduceKind.Sum, new Ints(2), false), node.Reshape(sums, s[0], s[1], s[2] / windows.Kernel[2], windows.Kernel[2], s[3]));
        }
        sums = node.Emit(new Reduce(ReduceKind.Sum, new Ints(2), false), sums);
        int[] extents = [.. x.Type.Shape.Skip(2)];
        if (counted)
        {
            extents = [.. extents.Select((extent, i) => windows.Before[i] + extent + windows.After[i] - uncounted[i])];
            windows = windows with { Before = new int[extents.Length], After = uncounted };
        }
        var ones = node.Emit(new BroadcastTo(new Shape([1, 1, .. extents])), OnnxNode.Scalar(1f));
        var elements = node.Emit(new Reduce(ReduceKind.Sum, new Ints(2), false), Patches.Of(node, ones, windows, 0).Data);
        return patches.Spread(node, node.Emit(new Binary(BinaryKind.Divide), sums, elements));
    }

    /// <summary>The mean of each channel's image; between DequantizeLinear and QuantizeLinear a QLinearGlobalAveragePool.</summary>
    [OnnxOperator("GlobalAveragePool", Varying = VaryingOperands.Taken)]
    public static void GlobalAveragePool(OnnxNode node)
    {
        if (Fused(node) is { } group) node.Importer.Finish(group.Target, WholeMean(node, group.Data, group.Target.Quantization));
        else node.Result(RealMean(node, node.Input(0), node.Importer.Blocks.PoolsBlocks(node)));
    }

    /// <summary>x, its scale and zero point, the result's.</summary>
    [OnnxOperator("QLinearGlobalAveragePool", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QLinearGlobalAveragePool(OnnxNode node) =>
        node.Result(WholeMean(node, node.WithScales(node.Input(0), 1, 2), node.Scales(3, 4)));

    /// <summary>The largest element of each channel's image.</summary>
    [OnnxOperator("GlobalMaxPool", Varying = VaryingOperands.Taken)]
    public static void GlobalMaxPool(OnnxNode node) => node.Result(node.Emit(new Reduce(ReduceKind.Max, Spatial(node.Input(0).Type.Shape), true), node.Input(0)));

    // rint(float(sum of (x - zero point)) * (scale x / (scale y * count))) + zero point, as MLAS does it.
    private static Value WholeMean(OnnxNode node, Value x, Ir.Quantization y)
    {
        int rank = x.Type.Shape.Rank;
        var axes = node.Int("channels_last", 0) != 0 ? new Ints([.. Enumerable.Range(1, rank - 2)]) : Spatial(x.Type.Shape);
        return node.EmitQuantized(new QuantizedMean(false, MeanRounding.Float32Product, axes, true), y, x);
    }

    private static (Value Data, QuantizeTarget Target)? Fused(OnnxNode node) =>
        node.Quantized(0) is { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } x && node.Importer.Following(node) is { } target && target.Element == x.Type.Element && node.AreOfOneType([x], target)
            ? (x, target)
            : null;

    private static Ints Spatial(Shape shape) => new([.. Enumerable.Range(2, Math.Max(0, shape.Rank - 2))]);

    private static Windows Window(OnnxNode node, Shape data) => Windows.Of(node, data, node.Ints("kernel_shape") ?? throw node.Malformed("has no window"));

    private static Value Planar(OnnxNode node, Value x, Func<Value, Value> pool)
    {
        var row = Convolutions.Row(node, Channels.ToLast(node.Importer.Builder, x, node.Location));
        return Convolutions.Unplanar(node, pool(row), x.Type.Shape);
    }
}
