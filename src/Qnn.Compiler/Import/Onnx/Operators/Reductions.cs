using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Reductions of axes, and normalisations.</summary>
internal static class Reductions
{
    [OnnxOperator("ReduceMean")] public static void ReduceMean(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Mean, node.Input(0)));
    [OnnxOperator("ReduceSum")] public static void ReduceSum(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Input(0)));
    [OnnxOperator("ReduceProd")] public static void ReduceProd(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Product, node.Input(0)));
    [OnnxOperator("ReduceMax")] public static void ReduceMax(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Max, node.Input(0)));
    [OnnxOperator("ReduceMin")] public static void ReduceMin(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Min, node.Input(0)));
    [OnnxOperator("ReduceSumSquare")] public static void ReduceSumSquare(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Square), node.Input(0))));
    [OnnxOperator("ReduceL1")] public static void ReduceL1(OnnxNode node) => node.Result(Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Abs), node.Input(0))));
    [OnnxOperator("ReduceL2")] public static void ReduceL2(OnnxNode node) => node.Result(node.Emit(new Unary(UnaryKind.Sqrt), Reduced(node, ReduceKind.Sum, node.Emit(new Unary(UnaryKind.Square), node.Input(0)))));
    [OnnxOperator("ReduceLogSum")] public static void ReduceLogSum(OnnxNode node) => node.Result(node.Emit(new Unary(UnaryKind.Log), Reduced(node, ReduceKind.Sum, node.Input(0))));

    /// <summary>The index of the greatest element, the first of equal ones.</summary>
    [OnnxOperator("ArgMax")] public static void ArgMax(OnnxNode node) => Arg(node, false);

    /// <summary>The index of the least element, the first of equal ones.</summary>
    [OnnxOperator("ArgMin")] public static void ArgMin(OnnxNode node) => Arg(node, true);

    /// <summary>Over one axis; before version 13 over all from one axis on.</summary>
    [OnnxOperator("Softmax")]
    public static void Softmax(OnnxNode node) => Rows(node, x => node.Emit(new Softmax(1), x));

    /// <summary>Over one axis; before version 13 over all from one axis on.</summary>
    [OnnxOperator("LogSoftmax")]
    public static void LogSoftmax(OnnxNode node) => Rows(node, x => node.Emit(new LogSoftmax(), x));

    /// <summary>(x - mean) / sqrt(variance + epsilon) * scale + bias, mean and variance given.</summary>
    [OnnxOperator("BatchNormalization")]
    public static void BatchNormalization(OnnxNode node)
    {
        var x = node.Input(0);
        int[] extents = [.. Enumerable.Repeat(1, x.Type.Shape.Rank)];
        if (x.Type.Shape.Rank > 1) extents[1] = x.Type.Shape[1]; else extents[0] = x.Type.Shape[0];
        Value Channel(int i) => node.Reshape(node.Input(i), extents);
        var deviation = node.Emit(new Unary(UnaryKind.Sqrt), node.Emit(new Binary(BinaryKind.Add), Channel(4), OnnxNode.Scalar(node.Float("epsilon", 1e-5f))));
        var factor = node.Emit(new Binary(BinaryKind.Divide), Channel(1), deviation);
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
        int[] extents = [.. Enumerable.Repeat(1, rank)];
        extents[1] = x.Type.Shape[1];
        var y = Normalized(node, x, [.. Enumerable.Range(2, rank - 2)], node.Float("epsilon", 1e-5f));
        node.Result(node.Emit(new Binary(BinaryKind.Add), node.Emit(new Binary(BinaryKind.Multiply), y, node.Reshape(node.Input(1), extents)), node.Reshape(node.Input(2), extents)));
    }

    /// <summary>Over the axes from one on.</summary>
    [OnnxOperator("LayerNormalization")]
    public static void LayerNormalization(OnnxNode node)
    {
        var x = node.Input(0);
        int axis = node.Axis(node.Int("axis", -1), x.Type.Shape.Rank);
        var y = node.Emit(new Binary(BinaryKind.Multiply), Normalized(node, x, [.. Enumerable.Range(axis, x.Type.Shape.Rank - axis)], node.Float("epsilon", 1e-5f)), node.Input(1));
        node.Result(node.OptionalInput(2) is { } bias ? node.Emit(new Binary(BinaryKind.Add), y, bias) : y);
    }

    private static Value Normalized(OnnxNode node, Value x, int[] axes, float epsilon)
    {
        var centered = node.Emit(new Binary(BinaryKind.Subtract), x, node.Emit(new Reduce(ReduceKind.Mean, new Ints(axes), true), x));
        var variance = node.Emit(new Reduce(ReduceKind.Mean, new Ints(axes), true), node.Emit(new Unary(UnaryKind.Square), centered));
        return node.Emit(new Binary(BinaryKind.Divide), centered, node.Emit(new Unary(UnaryKind.Sqrt), node.Emit(new Binary(BinaryKind.Add), variance, OnnxNode.Scalar(epsilon))));
    }

    private static Value Reduced(OnnxNode node, ReduceKind kind, Value x)
    {
        int[]? axes = node.Axes("axes", 1);
        if (axes is null or { Length: 0 })
        {
            if (node.Int("noop_with_empty_axes", 0) != 0) return x;
            axes = [.. Enumerable.Range(0, x.Type.Shape.Rank)];
        }
        return node.Emit(new Reduce(kind, new Ints(axes), node.Int("keepdims", 1) != 0), x);
    }

    private static void Arg(OnnxNode node, bool least)
    {
        var x = node.Input(0);
        if (node.Int("select_last_index", 0) != 0) throw node.Unsupported("it takes the last of equal elements");
        int axis = node.Axis(node.Int("axis", 0), x.Type.Shape.Rank);
        var y = node.Emit(new ArgReduce(axis, least, ElementType.S64), x);
        var extents = x.Type.Shape.ToArray();
        extents[axis] = 1;
        node.Result(node.Int("keepdims", 1) != 0 ? node.Reshape(y, extents) : y);
    }

    private static void Rows(OnnxNode node, Func<Value, Value> function)
    {
        var x = node.Input(0);
        var shape = x.Type.Shape;
        int rank = shape.Rank, axis = node.Axis(node.Int("axis", node.Opset >= 13 ? -1 : 1), rank);
        if (node.Opset < 13)
        {
            int outer = shape.Take(axis).Aggregate(1, (n, e) => n * e);
            node.Result(node.Reshape(function(node.Reshape(x, outer, shape.Skip(axis).Aggregate(1, (n, e) => n * e))), [.. shape]));
            return;
        }
        if (axis == rank - 1)
        {
            node.Result(function(x));
            return;
        }
        int[] swap = [.. Enumerable.Range(0, rank)];
        (swap[axis], swap[^1]) = (rank - 1, axis);
        node.Result(Channels.Permute(node.Importer.Builder, function(Channels.Permute(node.Importer.Builder, x, swap, node.Location)), swap, node.Location));
    }
}
