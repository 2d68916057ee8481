using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Convolutions: quantized ones to accumulators and their requantization as MLAS does it (float scale, halves to even), float ones as they are.</summary>
internal static class Convolutions
{
    /// <summary>com.microsoft and ONNX: x, its scale and zero point, weights, theirs, the result's, bias.</summary>
    [OnnxOperator("QLinearConv", Varying = VaryingOperands.Taken)]
    [OnnxOperator("QLinearConv", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QLinearConv(OnnxNode node)
    {
        bool isLast = node.Int("channels_last", 0) != 0;
        var data = isLast ? Channels.ToSecond(node.Importer.Builder, node.Input(0), node.Location) : node.Input(0);
        var result = QLinear(node, node.WithScales(data, 1, 2));
        node.Result(isLast ? Channels.ToLast(node.Importer.Builder, result, node.Location) : result);
    }

    private static Value QLinear(OnnxNode node, Value x)
    {
        var w = node.WithScales(node.Input(3), 4, 5);
        var y = node.Scales(6, 7);
        var element = node.OptionalInput(7)?.Type.Element ?? x.Type.Element;
        return w.IsConstant ? Accumulate(node, x, w, node.OptionalInput(8), sums => Requantized(node, sums, x, w, element, y)) : OfRunTime(node, x, w, node.OptionalInput(8), element, y);
    }

    /// <summary>x, weights, their zero points; the accumulators are the result.</summary>
    [OnnxOperator("ConvInteger", Varying = VaryingOperands.Taken)]
    public static void ConvInteger(OnnxNode node)
    {
        int[] w = node.OptionalInput(3) is null ? [0] : node.Constant(3, "zero point").ToInt32();
        var weights = node.WithQuantization(node.Input(1), w.Length == 1 ? new Ir.Quantization(1, w[0]) : new Ir.Quantization([.. w.Select(_ => 1f)], [.. w], 0));
        if (node.OptionalInput(2) is { IsConstant: false } zero)
        {
            node.Result(Moving(node, node.Input(0), weights, zero));
            return;
        }
        int x = node.OptionalInput(2) is null ? 0 : node.Constant(2, "zero point").ToInt32()[0];
        node.Result(Accumulate(node, node.WithQuantization(node.Input(0), new Ir.Quantization(1, x)), weights, null));
    }

    // A zero point computed at run time is taken off behind: times the sum of the weights that a window sees, which differs where windows reach into the padding.
    private static Value Moving(OnnxNode node, Value x, Value w, Value zero)
    {
        if (zero.Type.Shape.ElementCount != 1) throw node.Unsupported($"its zero points have shape {zero.Type.Shape}");
        var plain = new Ir.Quantization(1, 0);
        var ones = new byte[x.Type.Shape.ElementCount / Math.Max(1, x.Type.Shape[0])];
        Array.Fill(ones, (byte)1);
        var everywhere = Value.Of("ones", new Tensor(new TensorType(x.Type.Element, new Shape([1, .. x.Type.Shape.Span[1..]])) with { Quantization = plain }, ones));
        var weights = Accumulate(node, everywhere, w, null);
        var share = node.Emit(new Binary(BinaryKind.Multiply), weights, node.Reshape(node.Emit(new Cast(ElementType.S32), zero), []));
        return node.Emit(new Binary(BinaryKind.Subtract), Accumulate(node, node.WithQuantization(x, plain), w, null), share);
    }

    /// <summary>Between DequantizeLinear and QuantizeLinear it is a QLinearConv; float otherwise.</summary>
    [OnnxOperator("Conv", Varying = VaryingOperands.Taken)]
    public static void Conv(OnnxNode node)
    {
        var late = LateQuantization.Of(node);
        // Weights that a DequantizeLinear makes real are no stored ones to ONNX Runtime.
        var convolution = FloatConvolution.Of(node, node.Input(0), late.RealWeights, late.RealBias, isStored: late.Weights is null);
        if (node.Quantized(0) is { Type.Element: ElementType.U8 or ElementType.S8 } x && late is { Weights: { IsConstant: true, Type.Element: ElementType.U8 or ElementType.S8 } w })
        {
            // What stays int8, and weights of four bits, are multiplied in float.
            bool isInteger = late.Bias is { IsConstant: true, Type.Element: ElementType.S32 } || node.OptionalInput(2) is null;
            if (isInteger && !node.Importer.IsMadeOfFourBits(node.Proto.Input[1]) && node.Importer.Following(node) is { IsUnsigned: true } target && target.Element == x.Type.Element && node.Importer.Patterns.IsUnsigned(node, 0, x.Type.Element))
            {
                node.Importer.Finish(target, Accumulate(node, x, w, late.Bias, sums => Requantized(node, sums, x, w, target.Element, target.Quantization)));
                return;
            }
            if (node.Importer.Following(node, clamps: true) is { } rounding && convolution.Quantized(x, w, rounding) is { } result)
            {
                node.Importer.Finish(rounding, result);
                return;
            }
        }
        var y = convolution.Emit();
        node.Importer.Blocks.Remember(y, convolution);
        node.Result(y);
    }

    /// <summary>A float convolution, onto another image where there is one, with a function of the result: what ONNX Runtime stores when it has optimized a model.</summary>
    [OnnxOperator("FusedConv", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void FusedConv(OnnxNode node)
    {
        var convolution = FloatConvolution.Of(node, node.Input(0), node.Input(1), node.OptionalInput(2), isStored: node.Quantized(1) is null);
        // An image is added in a matrix product: ONNX Runtime keeps blocks of channels to operators of its own.
        var addend = node.OptionalInput(3);
        var y = FusedActivation.Apply(node, addend is not null ? (convolution with { Sum = null }).Emit(addend) : convolution.Emit());
        if (addend is null && convolution.IsBlocked) node.Importer.Blocks.Keep(y);
        node.Result(y);
    }

    // Sums of so few products of 8-bit numbers are exact in float.
    private static Value OfRunTime(OnnxNode node, Value x, Value w, Value? bias, ElementType element, Ir.Quantization y)
    {
        if (w.Type.Quantization!.IsPerChannel || w.Type.Shape.ElementCount / Math.Max(1, w.Type.Shape[0]) > MatrixProducts.MostProducts) throw node.Unsupported("its weights are computed at run time, and have several scales or are too many");
        Value Steps(Value v) => node.Emit(new Dequantize(), node.WithQuantization(v, new Ir.Quantization(1, v.Type.ZeroPoint)));
        var sums = node.Emit(new Cast(ElementType.S32), FloatConvolution.Of(node, Steps(x), Steps(w), null, isStored: false).Emit());
        return Requantized(node, Biased(node, sums, bias), x, w, element, y);
    }

    /// <summary>A term for each channel, where there is one.</summary>
    public static Value Biased(OnnxNode node, Value y, Value? bias)
    {
        if (bias is null) return y;
        int[] extents = [.. Enumerable.Repeat(1, y.Type.Shape.Rank)];
        extents[1] = bias.Type.Shape.ElementCount;
        return node.Emit(new Binary(BinaryKind.Add), y, node.Reshape(bias, extents));
    }

    /// <summary>
    /// Every element times the weights of every tap, then added up where the taps lie, tap by tap, as ONNX Runtime does it; always in float.
    /// </summary>
    [OnnxOperator("ConvTranspose", Varying = VaryingOperands.Taken)]
    public static void ConvTranspose(OnnxNode node)
    {
        var late = LateQuantization.Of(node);
        var (x, w) = (node.Input(0), late.RealWeights);
        var s = x.Type.Shape;
        if (s.Rank is < 3 or > 5 || w.Type.Shape.Rank != s.Rank || w.Type.Shape[0] != s[1]) throw node.Malformed($"has data {x.Type} and weights {w.Type}");
        int[] spatial = [.. s.Skip(2)], kernel = [.. w.Type.Shape.Skip(2)];
        int groups = node.Int("group", 1), channels = s[1] / Math.Max(groups, 1), outputs = w.Type.Shape[1];
        var bias = late.RealBias;
        int? joined = null;
        if (groups == 1 && late.Weights is null && ChannelNormalization.Behind(node) is { } behind && behind.Normalization.Weights(w, 1) is { } scaled && behind.Normalization.Biases(bias) is { } moved) (w, bias, joined) = (scaled, moved, behind.Index);
        if (groups < 1 || s[1] % groups != 0) throw node.Malformed($"has {s[1]} channels in {groups} groups");
        var (windows, extents) = Windows.Transposed(node, spatial, kernel);
        if (joined is null && groups == 1 && SpreadWindows.Of(node, late, windows, extents) is { } spread)
        {
            spread.Finish();
            return;
        }
        // Each image is by itself.
        var images = node.Varying.ExtentOf(x, 0);
        x = node.Varying.Plain(node, x, 0);
        int taps = kernel.Aggregate(1, (n, k) => n * k), places = spatial.Aggregate(1, (n, e) => n * e), targets = extents.Aggregate(1, (n, e) => n * e);
        Value products;
        if (places == 1 && late.Weights is null)
        {
            // Stored weights are turned beforehand: [G, O * taps, C] times the single place as a column, [N, G, C, 1].
            var turned = Channels.Permute(node.Importer.Builder, node.Reshape(w, groups, channels, outputs * taps), [0, 2, 1], node.Location);
            var columns = node.Reshape(node.Emit(new BatchMatMul(MatMulOrder.Lanes), turned, node.Reshape(x, s[0], groups, channels, 1)), s[0], groups, outputs, taps);
            products = node.Reshape(Channels.Permute(node.Importer.Builder, columns, [0, 3, 1, 2], node.Location), s[0], taps, groups, 1, outputs);
        }
        else
        {
            // [N, 1, G, places, C] times [taps, G, C, O] is [N, taps, G, places, O].
            var data = Channels.Permute(node.Importer.Builder, node.Reshape(x, s[0], 1, groups, channels, places), [0, 1, 2, 4, 3], node.Location);
            var weights = Channels.Permute(node.Importer.Builder, node.Reshape(w, groups, channels, outputs, taps), [3, 0, 1, 2], node.Location);
            products = node.Emit(new BatchMatMul(places == 1 ? MatMulOrder.Quads : MatrixProducts.Run(channels, places)), data, weights);
        }
        var ordered = node.Reshape(Channels.Permute(node.Importer.Builder, products, [1, 3, 0, 2, 4], node.Location), taps * places, s[0] * groups * outputs);
        var sums = node.Emit(new ScatterNd(new Shape(targets, s[0] * groups * outputs), ScatterReduction.Add), windows.Targets(spatial, extents), ordered);
        var y = Channels.Permute(node.Importer.Builder, node.Reshape(sums, targets, s[0], groups * outputs), [1, 2, 0], node.Location);
        y = Biased(node, node.Reshape(y, [s[0], groups * outputs, .. extents]), bias);
        if (!images.IsKnown) y = node.Varying.Vary(node, y, 0, images);
        if (joined is { } index) node.Importer.Finish([index], y);
        else node.Result(y);
    }

    /// <summary>Multipliers of every channel, in float as MLAS works them out, then the range of the type.</summary>
    public static Value Requantized(OnnxNode node, Value sums, Value x, Value w, ElementType element, Ir.Quantization y)
    {
        var multipliers = new double[w.Type.Quantization!.Scales.Length];
        for (int c = 0; c < multipliers.Length; c++) multipliers[c] = x.Type.Scale * w.Type.Quantization.Scales[c] / y.Scale;
        var (low, high) = IntegerRange.Of(element);
        // Accumulators have their channels last only before they are put back second.
        return Deferred(node, sums, accumulators => InfiniteScales.Requantized(node, accumulators, multipliers, element, y)
            ?? node.EmitQuantized(new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles(multipliers), element, y.ZeroPoint, low, high), y, accumulators));
    }

    /// <summary>Exact sums of products, [N, C, spatial...], int32, or what becomes of them.</summary>
    public static Value Accumulate(OnnxNode node, Value x, Value w, Value? bias, Func<Value, Value>? finish = null)
    {
        if (!w.IsConstant || bias is { IsConstant: false }) throw node.Unsupported("its weights or bias are computed at run time; they must be constant");
        if (x.Type.Shape.Rank != w.Type.Shape.Rank || x.Type.Element is not (ElementType.U8 or ElementType.S8)) throw node.Malformed($"has data {x.Type} and weights {w.Type}");
        var windows = Windows.Of(node, x.Type.Shape, w.Type.Shape.Span[2..].ToArray());
        finish ??= sums => sums;
        if (windows.Kernel.Length < 3) return finish(Accumulate2D(node, windows, x, w, bias));
        if (node.Int("group", 1) is > 1 and var groups && groups == x.Type.Shape[1]) return finish(AccumulatePlanes(node, windows, x, w, bias));
        return DepthWindows.Apply(node, x, w, windows, x.Type.ZeroPoint, (data, weights) => finish(Accumulate2D(node, windows, data, weights, bias)));
    }

    private static Value Accumulate2D(OnnxNode node, Windows windows, Value x, Value w, Value? bias)
    {
        int groups = node.Int("group", 1);
        var (data, weights, shape) = Planar(node, x, w);
        int channels = data.Type.Shape[3], outputs = weights.Type.Shape[0];
        Value sums;
        if (groups > 1 && groups == channels && weights.Type.Shape[3] == 1 && outputs % channels == 0)
        {
            // [O, KH, KW, 1] to [1, KH, KW, O].
            var depthwise = Channels.Permute(node.Importer.Builder, weights, [3, 1, 2, 0], node.Location);
            sums = node.Emit(new QnnDepthwiseConv2D(windows.Last2D()), data, depthwise, bias);
        }
        else
        {
            sums = node.Emit(new QnnConv2D(windows.Last2D(), groups), data, weights, bias);
        }
        return Unplanar(node, sums, shape);
    }

    // Depthwise: a plane of the kernel after the other over the padded data's planes, the planes as a batch.
    private static Value AccumulatePlanes(OnnxNode node, Windows windows, Value x, Value w, Value? bias)
    {
        var s = x.Type.Shape;
        var padded = node.EmitQuantized(new Pad(new Ints(0, 0, windows.Before[0], 0, 0), new Ints(0, 0, windows.After[0], 0, 0), x.Type.ZeroPoint), x.Type.Quantization, x);
        int depth = padded.Type.Shape[2], planes = (depth - (windows.Kernel[0] - 1) * windows.Dilations[0] - 1) / windows.Strides[0] + 1;
        if (planes < 1) throw node.Malformed("has a window larger than its data");
        var front = Channels.Permute(node.Importer.Builder, padded, [0, 2, 1, 3, 4], node.Location);
        Value? sums = null;
        for (int tap = 0; tap < windows.Kernel[0]; tap++)
        {
            var slice = node.EmitQuantized(new StridedSlice(new Ints(0, tap * windows.Dilations[0], 0, 0, 0), new Ints(1, windows.Strides[0], 1, 1, 1), new Shape(s[0], planes, s[1], s[3], s[4])), x.Type.Quantization, front);
            var batch = node.Reshape(slice, s[0] * planes, s[1], s[3], s[4]);
            var o = w.Type.Shape;
            var plane = node.Reshape(node.EmitQuantized(StridedSlice.OfAxis(o, 2, tap, 1), w.Type.Quantization, w), o[0], o[1], o[3], o[4]);
            var part = Accumulate2D(node, windows, batch, plane, sums is null ? bias : null);
            sums = sums is null ? part : node.Emit(new Binary(BinaryKind.Add), sums, part);
        }
        var r = sums!.Type.Shape;
        return Channels.Permute(node.Importer.Builder, node.Reshape(sums, s[0], planes, r[1], r[2], r[3]), [0, 2, 1, 3, 4], node.Location);
    }

    /// <summary>Runs something on accumulators with their channels last, and puts those back second.</summary>
    private static Value Deferred(OnnxNode node, Value sums, Func<Value, Value> run) =>
        Unplanar(node, run(Row(node, Channels.ToLast(node.Importer.Builder, sums, node.Location))), sums.Type.Shape);

    /// <summary>Data as [N, H, W, C] and weights as [O, KH, KW, C]; one spatial axis becomes a row. The shape says which it was.</summary>
    public static (Value Data, Value Weights, Shape Shape) Planar(OnnxNode node, Value x, Value w)
    {
        var shape = x.Type.Shape;
        // Turned before they become rows, as their neighbours are, so that no transposes are left between them.
        (x, w) = (Channels.ToLast(node.Importer.Builder, x, node.Location), Channels.ToLast(node.Importer.Builder, w, node.Location));
        return (Row(node, x), Row(node, w), shape);
    }

    /// <summary>[N, L, C] as [N, 1, L, C], as which it may have been made; images as they are.</summary>
    public static Value Row(OnnxNode node, Value last)
    {
        if (last.Type.Shape is not { Rank: 3 } s) return last;
        var row = new Shape(s[0], 1, s[1], s[2]);
        return node.Importer.Builder.Producer(last) is { Operator: Reshape } made && made.Input(0).Type.Shape.Equals(row) ? made.Input(0) : node.Reshape(last, s[0], 1, s[1], s[2]);
    }

    /// <summary>[N, H, W, C] as data of that shape was.</summary>
    public static Value Unplanar(OnnxNode node, Value y, Shape shape)
    {
        if (shape.Rank == 3) y = node.Reshape(y, y.Type.Shape[0], y.Type.Shape[2], y.Type.Shape[3]);
        return Channels.ToSecond(node.Importer.Builder, y, node.Location);
    }
}
