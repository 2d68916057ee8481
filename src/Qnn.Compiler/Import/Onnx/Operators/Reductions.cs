using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Reductions of axes, and normalisations.</summary>
internal static class Reductions
{
    [OnnxOperator("ReduceMean", Varying = VaryingOperands.Taken)] public static void ReduceMean(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Mean, node.Input(0), byRows: true));
    /// <summary>x, its scale and zero point, the result's: the mean of real numbers, quantized.</summary>
    [OnnxOperator("QLinearReduceMean", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QLinearReduceMean(OnnxNode node)
    {
        var x = node.WithScales(node.Input(0), 1, 2);
        int[] axes = node.Ints("axes") ?? [.. Enumerable.Range(0, x.Type.Shape.Rank)];
        var mean = node.Emit(new Reduce(ReduceKind.Mean, new Ints(axes), node.Int("keepdims", 1) != 0), node.Emit(new Dequantize(), x));
        node.Result(node.EmitQuantized(new Quantize(x.Type.Element, QuantizeArithmetic.DivideEven), node.Scales(3, 4), mean));
    }

    [OnnxOperator("ReduceSum", Varying = VaryingOperands.Taken)] public static void ReduceSum(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Input(0), byRows: true));
    [OnnxOperator("ReduceProd", Varying = VaryingOperands.Taken)] public static void ReduceProd(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Product, node.Input(0)));
    [OnnxOperator("ReduceMax", Varying = VaryingOperands.Taken)] public static void ReduceMax(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Max, node.Input(0)));
    [OnnxOperator("ReduceMin", Varying = VaryingOperands.Taken)] public static void ReduceMin(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Min, node.Input(0)));
    [OnnxOperator("ReduceSumSquare", Varying = VaryingOperands.Taken)] public static void ReduceSumSquare(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Square), node.Input(0))));
    [OnnxOperator("ReduceL1", Varying = VaryingOperands.Taken)] public static void ReduceL1(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Abs), node.Input(0))));
    [OnnxOperator("ReduceL2", Varying = VaryingOperands.Taken)] public static void ReduceL2(OnnxNode node) => node.Result(node.Emit(new Unary(UnaryKind.Sqrt), Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Square), node.Input(0)))));
    [OnnxOperator("ReduceLogSum")] public static void ReduceLogSum(OnnxNode node) => node.Result(node.Emit(new Unary(UnaryKind.Log), Reduced(node, ReduceKind.Sum, node.Input(0))));

    /// <summary>log(sum of exp x), with the greatest element taken out.</summary>
    [OnnxOperator("ReduceLogSumExp")]
    public static void ReduceLogSumExp(OnnxNode node)
    {
        var most = Reduced(node, ReduceKind.Max, node.Input(0));
        if (ReferenceEquals(most, node.Input(0)))
        {
            Elementwise.Identity(node);
            return;
        }
        int[] all = node.Axes("axes", 1) is { Length: > 0 } axes ? axes : [.. Enumerable.Range(0, node.Input(0).Type.Shape.Rank)];
        var kept = node.Emit(new Reduce(ReduceKind.Max, new Ints(all), true), node.Input(0));
        var sum = Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Exp), node.Emit(new Binary(BinaryKind.Subtract), node.Input(0), kept)));
        node.Result(node.Emit(new Binary(BinaryKind.Add), node.Emit(new Unary(UnaryKind.Log), sum), most));
    }

    /// <summary>The index of the greatest element, the first of equal ones.</summary>
    [OnnxOperator("ArgMax", Varying = VaryingOperands.Taken)] public static void ArgMax(OnnxNode node) => Arg(node, false);

    /// <summary>The index of the least element, the first of equal ones.</summary>
    [OnnxOperator("ArgMin", Varying = VaryingOperands.Taken)] public static void ArgMin(OnnxNode node) => Arg(node, true);

    /// <summary>Over one axis; before version 13 over all from one axis on.</summary>
    [OnnxOperator("LogSoftmax", Varying = VaryingOperands.Taken)]
    public static void LogSoftmax(OnnxNode node) => Rows(node, x => node.IsHalf(0) && node.Opset >= 13 ? SoftmaxOfHalves(node, x, isLogarithm: true) : node.Emit(new Softmax(1, RowFunction.MlasLogSoftmax), x));

    /// <summary>Over rows of halves ONNX Runtime runs the operators of ONNX's function.</summary>
    public static Value SoftmaxOfHalves(OnnxNode node, Value x, bool isLogarithm)
    {
        int rank = x.Type.Shape.Rank;
        var centered = node.Emit(new Binary(BinaryKind.Subtract), x, node.Emit(new Reduce(ReduceKind.Max, new Ints(rank - 1), true), x));
        var powers = node.Emit(new Unary(UnaryKind.MlasExp), centered);
        var sums = ByRows(node, powers, [rank - 1]) is { } rows ? node.Reshape(rows, [.. x.Type.Shape.Span[..^1], 1]) : node.Emit(new Reduce(ReduceKind.Sum, new Ints(rank - 1), true), powers);
        return isLogarithm
            ? node.Emit(new Binary(BinaryKind.Subtract), centered, node.Emit(new Unary(UnaryKind.EigenLog), sums))
            : node.Emit(new Binary(BinaryKind.Divide), powers, sums);
    }

    /// <summary>(x - mean) / sqrt(variance + epsilon) * scale + bias, mean and variance given; or those of what it normalizes, where it trains (weights are brought to one scale so), and then moved towards those given.</summary>
    [OnnxOperator("BatchNormalization", Varying = VaryingOperands.Taken)]
    public static void BatchNormalization(OnnxNode node)
    {
        bool trains = node.Int("training_mode", 0) != 0;
        if (!trains && ConvolutionSums.Normalize(node)) return;
        var x = node.Input(0);
        int[] extents = [.. Enumerable.Repeat(1, x.Type.Shape.Rank)];
        if (x.Type.Shape.Rank > 1) extents[1] = x.Type.Shape[1]; else extents[0] = x.Type.Shape[0];
        Value Of(BinaryKind kind, Value a, Value b) => node.Emit(new Binary(kind), a, b);
        Value Channel(Value v) => node.Reshape(v, extents);
        var (mean, variance) = trains ? BatchMoments(node, x) : (node.Input(3), node.Input(4));
        var raised = Of(BinaryKind.Add, Channel(variance), OnnxNode.Scalar(node.Float("epsilon", 1e-5f)));
        var inverse = trains ? node.Emit(new Unary(UnaryKind.Sqrt), Of(BinaryKind.Divide, OnnxNode.Scalar(1f), raised)) : Of(BinaryKind.Divide, OnnxNode.Scalar(1f), node.Emit(new Unary(UnaryKind.Sqrt), raised));
        var factor = Of(BinaryKind.Multiply, Channel(node.Input(1)), inverse);
        var offset = Of(BinaryKind.Subtract, Channel(node.Input(2)), Of(BinaryKind.Multiply, Channel(mean), factor));
        node.Result(Of(BinaryKind.Add, Of(BinaryKind.Multiply, x, factor), offset));
        if (!trains) return;
        float momentum = node.Float("momentum", 0.9f);
        Value Moved(Value given, Value own) => Of(BinaryKind.Add, Of(BinaryKind.Multiply, given, OnnxNode.Scalar(momentum)), Of(BinaryKind.Multiply, own, OnnxNode.Scalar((float)(1.0 - momentum))));
        node.Result(Moved(node.Input(3), mean), 1);
        node.Result(Moved(node.Input(4), variance), 2);
    }

    // Each channel's, image by image, by Eigen's sums of a column.
    private static (Value Mean, Value Variance) BatchMoments(OnnxNode node, Value x)
    {
        var shape = x.Type.Shape;
        if (shape.Rank < 2 || shape.ElementCount == 0) throw node.Unsupported($"its data has shape {shape}");
        int images = shape[0], channels = shape[1], count = shape.Skip(2).Aggregate(1, (n, e) => n * e);
        var rows = node.Reshape(x, images, channels, count);
        Value Of(BinaryKind kind, Value a, Value b) => node.Emit(new Binary(kind), a, b);
        Value Mean(Value sums) => Of(BinaryKind.Divide, node.Reshape(node.Emit(new Reduce(ReduceKind.Sum, new Ints(0), true), sums), channels, 1), OnnxNode.Scalar((float)((long)images * count)));
        var mean = Mean(node.Emit(new RowSum(RowSumOrder.AlignedPairedLanes), rows));
        var variance = Mean(node.Emit(new RowSum(RowSumOrder.PairedLanes), node.Emit(new Unary(UnaryKind.Square), Of(BinaryKind.Subtract, rows, mean))));
        return (node.Reshape(mean, channels), node.Reshape(variance, channels));
    }

    /// <summary>Over each channel's image.</summary>
    [OnnxOperator("InstanceNormalization")]
    public static void InstanceNormalization(OnnxNode node)
    {
        var x = node.Input(0);
        int rank = x.Type.Shape.Rank;
        if (rank < 3) throw node.Unsupported($"its data has shape {x.Type.Shape}");
        var shape = x.Type.Shape;
        int channels = shape[1], count = shape.Skip(2).Aggregate(1, (n, e) => n * e);
        Value Of(BinaryKind kind, Value a, Value b) => node.Emit(new Binary(kind), a, b);
        Value Channel(int operand) => node.Reshape(node.Input(operand), channels, 1);
        var rows = node.Reshape(x, shape[0], channels, count);
        var mean = Of(BinaryKind.Divide, node.Emit(new RowSum(RowSumOrder.AlignedPairedLanes), rows), OnnxNode.Scalar((float)count));
        var squares = node.Emit(new RowSum(RowSumOrder.PairedLanes), node.Emit(new Unary(UnaryKind.Square), Of(BinaryKind.Subtract, rows, mean)));
        var deviation = node.Emit(new Unary(UnaryKind.Sqrt), Of(BinaryKind.Add, Of(BinaryKind.Divide, squares, OnnxNode.Scalar((float)count)), OnnxNode.Scalar(node.Float("epsilon", 1e-5f))));
        var factor = Of(BinaryKind.Multiply, Of(BinaryKind.Divide, OnnxNode.Scalar(1f), deviation), Channel(1));
        var offset = Of(BinaryKind.Subtract, Channel(2), Of(BinaryKind.Multiply, mean, factor));
        node.Result(node.Reshape(Of(BinaryKind.Add, Of(BinaryKind.Multiply, rows, factor), offset), shape.Span));
    }

    /// <summary>(x - mean) / deviation over some axes; by default all but the channels.</summary>
    [OnnxOperator("MeanVarianceNormalization")]
    public static void MeanVarianceNormalization(OnnxNode node) =>
        node.Result(Normalized(node, node.Input(0), [.. (node.Ints("axes") ?? [0, 2, 3]).Select(a => node.Axis(a, node.Input(0).Type.Shape.Rank))], 1e-9f).Y);

    /// <summary>x / (bias + alpha / size * sum of squares of neighbouring channels)^beta</summary>
    [OnnxOperator("LRN")]
    public static void Lrn(OnnxNode node)
    {
        int size = node.Int("size", 1);
        if (size % 2 == 0) throw node.Unsupported($"its neighbourhood of {size} channels is not even on both sides");
        var op = new LocalResponseNormalization(size / 2, node.Float("alpha", 1e-4f) / size, node.Float("beta", 0.75f), node.Float("bias", 1));
        node.Result(Channels.ToSecond(node.Importer.Builder, node.Emit(op, Channels.ToLast(node.Importer.Builder, node.Input(0), node.Location)), node.Location));
    }

    /// <summary>The mean of each row of the last axis, which is kept, as ReduceMean has it.</summary>
    public static Value MeanOfRows(OnnxNode node, Value x)
    {
        var shape = x.Type.Shape;
        if (ByRows(node, x, [shape.Rank - 1]) is not { } sums) return node.Emit(new Reduce(ReduceKind.Mean, new Ints(shape.Rank - 1), true), x);
        return node.Reshape(node.Emit(new Binary(BinaryKind.Divide), sums, OnnxNode.Scalar((float)shape[-1])), [.. shape.Span[..^1], 1]);
    }

    /// <summary>x less its mean, divided by its deviation, over some axes, with the two.</summary>
    public static (Value Y, Value Mean, Value Deviation) Normalized(OnnxNode node, Value x, int[] axes, float epsilon)
    {
        var mean = node.Emit(new Reduce(ReduceKind.Mean, new Ints(axes), true), x);
        var centered = node.Emit(new Binary(BinaryKind.Subtract), x, mean);
        var variance = node.Emit(new Reduce(ReduceKind.Mean, new Ints(axes), true), node.Emit(new Unary(UnaryKind.Square), centered));
        var deviation = node.Emit(new Unary(UnaryKind.Sqrt), node.Emit(new Binary(BinaryKind.Add), variance, OnnxNode.Scalar(epsilon)));
        return (node.Emit(new Binary(BinaryKind.Divide), centered, deviation), mean, deviation);
    }

    private static Value Reduced(OnnxNode node, ReduceKind kind, Value x, bool byRows = false)
    {
        int[]? axes = node.Axes("axes", 1);
        if (axes is null or { Length: 0 })
        {
            if (node.Int("noop_with_empty_axes", 0) != 0) return x;
            axes = [.. Enumerable.Range(0, x.Type.Shape.Rank)];
        }
        bool keeps = node.Int("keepdims", 1) != 0;
        if (node.Varying.Of(x) is { } varying && axes.Any(a => node.Axis(a, x.Type.Shape.Rank) == varying.Axis)) return Counted(node, kind, x, axes, keeps);
        if (byRows && x.Type.Element == ElementType.F32 && node.Importer.Transposes.ReducedOrder(node.Proto) is { } order)
        {
            // ONNX Runtime reduces what is transposed here before it is.
            int rank = order.Length;
            var first = Channels.Permute(node.Importer.Builder, x, [.. Enumerable.Range(0, rank).Select(a => Array.IndexOf(order, a))], node.Location);
            var kept = Reduced(node, kind, first, [.. axes.Select(a => order[node.Axis(a, rank)])], true, byRows);
            return Finished(node, Channels.Permute(node.Importer.Builder, kept, order, node.Location), x.Type.Shape, axes, keeps);
        }
        return Reduced(node, kind, x, axes, keeps, byRows);
    }

    // Of the entries that are there, the others being what changes nothing. Sums of floats only in an order that does not depend on how many there are.
    private static Value Counted(OnnxNode node, ReduceKind kind, Value x, int[] axes, bool keeps)
    {
        double neutral = kind switch { ReduceKind.Sum => 0, ReduceKind.Product => 1, ReduceKind.Max => double.NegativeInfinity, ReduceKind.Min => double.PositiveInfinity, _ => throw node.AnyLength() };
        bool isOrdered = kind != ReduceKind.Sum || x.Type.Element != ElementType.F32 || axes.All(a => node.Axis(a, x.Type.Shape.Rank) < x.Type.Shape.Rank - axes.Length) && x.Type.Shape[-1] > 1 && axes.Length == 1 && node.Axis(axes[0], x.Type.Shape.Rank) == 0;
        if (!isOrdered) throw node.AnyLength();
        return node.Emit(new Reduce(kind, new Ints(axes), keeps), node.Varying.Filled(node, x, VaryingAxes.Number(x.Type.Element, neutral)));
    }

    private static Value Reduced(OnnxNode node, ReduceKind kind, Value x, int[] axes, bool keeps, bool byRows) =>
        byRows && x.Type.Element == ElementType.F32 && x.Type.Shape.ElementCount > 0 && ByRows(node, x, axes) is { } rows
            ? Finished(node, kind == ReduceKind.Sum ? rows : node.Emit(new Binary(BinaryKind.Divide), rows, OnnxNode.Scalar((float)(x.Type.Shape.ElementCount / rows.Type.Shape.ElementCount))), x.Type.Shape, axes, keeps)
            : node.Emit(new Reduce(kind, new Ints(axes), keeps), x);

    // Where the last axes are reduced, Eigen adds up their rows; sums of several rows, where the first axes are reduced too, are added in order. Axes between others are a product of a row of ones with each matrix. Null for other axes.
    private static Value? ByRows(OnnxNode node, Value x, int[] axes)
    {
        var shape = x.Type.Shape;
        bool[] mask = new Reduce(ReduceKind.Sum, new Ints(axes), true).Mask(shape);
        // Axes beside each other that are reduced, or kept, are one.
        var counts = new List<int>();
        for (int i = 0; i < shape.Rank; i++)
        {
            if (i > 0 && mask[i] == mask[i - 1]) counts[^1] *= shape[i];
            else counts.Add(shape[i]);
        }
        bool isFirst = shape.Rank > 0 && mask[0];
        switch (counts)
        {
            case [_] when isFirst: return Rows(1, 1, counts[0]);
            case [var kept, var reduced] when !isFirst: return Rows(1, kept, reduced);
            case [var others, var kept, var reduced] when isFirst && kept > 1: return Rows(others, kept, reduced);
            case [var kept and > 1, var reduced and > 1, var columns] when !isFirst:
                var ones = Value.Of("ones", Tensor.Of<float>(new Shape(1, 1, reduced), [.. Enumerable.Repeat(1f, reduced)]));
                return node.Emit(new BatchMatMul(MatMulOrder.Quads), ones, node.Reshape(x, kept, reduced, columns));
            default: return null;
        }

        Value? Rows(int others, int kept, int reduced)
        {
            if (reduced == 1) return null;
            var sums = node.Emit(new RowSum(RowSumOrder.AlignedPairedLanes), node.Reshape(x, others, kept, reduced));
            return others == 1 ? sums : node.Emit(new Reduce(ReduceKind.Sum, new Ints(0), true), sums);
        }
    }

    private static Value Finished(OnnxNode node, Value y, Shape shape, int[] axes, bool keeps)
    {
        bool[] mask = new Reduce(ReduceKind.Sum, new Ints(axes), true).Mask(shape);
        return node.Reshape(y, [.. shape.Select((e, a) => mask[a] ? 1 : e).Where((_, a) => keeps || !mask[a])]);
    }

    private static void Arg(OnnxNode node, bool least)
    {
        var x = node.Input(0);
        int axis = node.Axis(node.Int("axis", 0), x.Type.Shape.Rank);
        bool last = node.Int("select_last_index", 0) != 0;
        if (node.Varying.Of(x)?.Axis == axis)
        {
            if (last || x.Type.Element == ElementType.Bool) throw node.AnyLength();
            x = node.Varying.Filled(node, x, VaryingAxes.Number(x.Type.Element, least ? double.PositiveInfinity : double.NegativeInfinity));
        }
        var extents = x.Type.Shape.ToArray();
        var y = node.Emit(new ArgReduce(axis, least, ElementType.S64), last ? node.Emit(new Reverse(new Ints(axis)), x) : x);
        if (last) y = node.Emit(new Binary(BinaryKind.Subtract), OnnxNode.Scalar(extents[axis] - 1L), y);
        extents[axis] = 1;
        node.Result(node.Int("keepdims", 1) != 0 ? node.Reshape(y, extents) : y);
    }

    /// <summary>A function of rows, along the axis that a node states; before version 13 over all axes from that one on.</summary>
    public static void Rows(OnnxNode node, Func<Value, Value> function) => node.Result(Along(node, node.Input(0), node.Opset, function));

    /// <summary>A function of rows, of a value other than the node's own.</summary>
    public static Value Along(OnnxNode node, Value x, long opset, Func<Value, Value> function)
    {
        var shape = x.Type.Shape;
        int axis = node.Axis(node.Int("axis", opset >= 13 ? -1 : 1), shape.Rank);
        if (opset >= 13) return node.Swap(function(node.Swap(x, axis)), axis);
        int outer = shape.Take(axis).Aggregate(1, (n, e) => n * e);
        return node.Reshape(function(node.Reshape(x, outer, shape.Skip(axis).Aggregate(1, (n, e) => n * e))), shape.Span);
    }
}
