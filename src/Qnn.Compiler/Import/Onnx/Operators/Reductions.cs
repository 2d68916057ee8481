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
    [OnnxOperator("ReduceMean")] public static void ReduceMean(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Mean, node.Input(0), byRows: true));
    /// <summary>x, its scale and zero point, the result's: the mean of real numbers, quantized.</summary>
    [OnnxOperator("QLinearReduceMean", OnnxOperatorAttribute.Microsoft)]
    public static void QLinearReduceMean(OnnxNode node)
    {
        var x = node.WithScales(node.Input(0), 1, 2);
        int[] axes = node.Ints("axes") ?? [.. Enumerable.Range(0, x.Type.Shape.Rank)];
        var mean = node.Emit(new Reduce(ReduceKind.Mean, new Ints(axes), node.Int("keepdims", 1) != 0), node.Emit(new Dequantize(), x));
        node.Result(node.EmitQuantized(new Quantize(x.Type.Element, QuantizeArithmetic.DivideEven), node.Scales(3, 4), mean));
    }

    [OnnxOperator("ReduceSum")] public static void ReduceSum(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Input(0), byRows: true));
    [OnnxOperator("ReduceProd")] public static void ReduceProd(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Product, node.Input(0)));
    [OnnxOperator("ReduceMax")] public static void ReduceMax(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Max, node.Input(0)));
    [OnnxOperator("ReduceMin")] public static void ReduceMin(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Min, node.Input(0)));
    [OnnxOperator("ReduceSumSquare")] public static void ReduceSumSquare(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Square), node.Input(0))));
    [OnnxOperator("ReduceL1")] public static void ReduceL1(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Abs), node.Input(0))));
    [OnnxOperator("ReduceL2")] public static void ReduceL2(OnnxNode node) => node.Result(node.Emit(new Unary(UnaryKind.Sqrt), Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Square), node.Input(0)))));
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
    [OnnxOperator("ArgMax")] public static void ArgMax(OnnxNode node) => Arg(node, false);

    /// <summary>The index of the least element, the first of equal ones.</summary>
    [OnnxOperator("ArgMin")] public static void ArgMin(OnnxNode node) => Arg(node, true);

    /// <summary>Over one axis; before version 13 over all from one axis on.</summary>
    [OnnxOperator("LogSoftmax")]
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

    /// <summary>(x - mean) / sqrt(variance + epsilon) * scale + bias, mean and variance given.</summary>
    [OnnxOperator("BatchNormalization")]
    public static void BatchNormalization(OnnxNode node)
    {
        if (ConvolutionSums.Normalize(node)) return;
        var x = node.Input(0);
        int[] extents = [.. Enumerable.Repeat(1, x.Type.Shape.Rank)];
        if (x.Type.Shape.Rank > 1) extents[1] = x.Type.Shape[1]; else extents[0] = x.Type.Shape[0];
        Value Channel(int i) => node.Reshape(node.Input(i), extents);
        var deviation = node.Emit(new Unary(UnaryKind.Sqrt), node.Emit(new Binary(BinaryKind.Add), Channel(4), OnnxNode.Scalar(node.Float("epsilon", 1e-5f))));
        var factor = node.Emit(new Binary(BinaryKind.Multiply), Channel(1), node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(1f), deviation));
        var offset = node.Emit(new Binary(BinaryKind.Subtract), Channel(2), node.Emit(new Binary(BinaryKind.Multiply), Channel(3), factor));
        node.Result(node.Emit(new Binary(BinaryKind.Add), node.Emit(new Binary(BinaryKind.Multiply), x, factor), offset));
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

    private static Value Reduced(OnnxNode node, ReduceKind kind, Value x, int[] axes, bool keeps, bool byRows) =>
        byRows && x.Type.Element == ElementType.F32 && x.Type.Shape.ElementCount > 0 && ByRows(node, x, axes) is { } rows
            ? Finished(node, kind == ReduceKind.Sum ? rows : node.Emit(new Binary(BinaryKind.Divide), rows, OnnxNode.Scalar((float)(x.Type.Shape.ElementCount / rows.Type.Shape.ElementCount))), x.Type.Shape, axes, keeps)
            : node.Emit(new Reduce(kind, new Ints(axes), keeps), x);

    // Where the last axes are reduced, Eigen adds up their rows; sums of several rows, where the first axes are reduced too, are added in order. Axes between others are a product of a row of ones with each matrix. Null for other axes.
    private static Value? ByRows(OnnxNode node, Value x, int[] axes)
    {
        var shape = x.Type.Shape;
        bool[] mask = new Reduce(ReduceKind.Sum, new Ints(axes), true).Mask(shape);
        int last = shape.Rank;
        while (last > 0 && (mask[last - 1] || shape[last - 1] == 1)) last--;
        int first = 0;
        while (first < last && (mask[first] || shape[first] == 1)) first++;
        int Count(int from, int to) => shape.ToArray()[from..to].Aggregate(1, (n, e) => n * e);
        int start = Array.IndexOf(mask, true), stop = Array.LastIndexOf(mask, true) + 1;
        // One column behind the axes is a matrix, too; the first axes are added in order.
        if (start > 0 && stop < shape.Rank && Count(stop, shape.Rank) == 1 && Count(start, stop) > 1 && !mask.AsSpan(start, stop - start).Contains(false)) return Count(0, start) == 1 ? null : Product(start, stop);
        if (last == shape.Rank && Count(0, first) == 1)
        {
            int begin = Array.IndexOf(mask, true, first), end = begin;
            while (begin >= 0 && end < last && mask[end]) end++;
            while (begin > 0 && end < last && shape[end] == 1) end++;
            if (begin < 0 || mask.AsSpan(end).Contains(true) || Count(0, begin) == 1 || Count(begin, end) == 1) return null;
            return Product(begin, end);
        }
        if (last == shape.Rank || mask.AsSpan(first, last - first).Contains(true)) return null;
        if (Count(last, shape.Rank) == 1) return null;
        var sums = node.Emit(new RowSum(RowSumOrder.AlignedPairedLanes), node.Reshape(x, Count(0, first), Count(first, last), Count(last, shape.Rank)));
        return Count(0, first) == 1 ? sums : node.Emit(new Reduce(ReduceKind.Sum, new Ints(0), true), sums);

        Value Product(int from, int to)
        {
            int rows = Count(from, to);
            var ones = Value.Of("ones", Tensor.Of<float>(new Shape(1, 1, rows), [.. Enumerable.Repeat(1f, rows)]));
            return node.Emit(new BatchMatMul(MatMulOrder.Quads), ones, node.Reshape(x, Count(0, from), rows, Count(to, shape.Rank)));
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
