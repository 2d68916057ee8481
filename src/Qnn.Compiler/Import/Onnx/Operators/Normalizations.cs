using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Normalizations of groups of channels, by the root of the mean square, and by norms.</summary>
internal static class Normalizations
{
    /// <summary>
    /// Each group of channels less its mean, by its deviation, in the operations of ONNX's function: the variance is the mean of the squares less the square of the mean.
    /// Scale and bias are those of a group before version 21, of a channel since.
    /// </summary>
    [OnnxOperator("GroupNormalization")]
    public static void GroupNormalization(OnnxNode node)
    {
        var x = node.Input(0);
        var shape = x.Type.Shape;
        int groups = node.Int("num_groups", 0);
        if (shape.Rank < 2 || groups < 1 || shape[1] % groups != 0) throw node.Malformed($"has data {x.Type} in {groups} groups");
        int count = shape.ElementCount / Math.Max(1, shape[0] * groups);
        var rows = node.Reshape(x, shape[0], groups, count);
        var (mean, squares) = (Reductions.MeanOfRows(node, rows), Reductions.MeanOfRows(node, Multiply(node, rows, rows)));
        var variance = node.Emit(new Binary(BinaryKind.Subtract), squares, Multiply(node, mean, mean));
        var deviation = node.Emit(new Unary(UnaryKind.Sqrt), node.Emit(new Binary(BinaryKind.Add), variance, OnnxNode.Scalar(node.Float("epsilon", 1e-5f))));
        var y = node.Emit(new Binary(BinaryKind.Divide), node.Emit(new Binary(BinaryKind.Subtract), rows, mean), deviation);
        int parts = node.Opset < 21 ? groups : shape[1];
        if (node.Input(1).Type.Shape.ElementCount != parts || node.Input(2).Type.Shape.ElementCount != parts) throw node.Malformed($"has scales {node.Input(1).Type} for {parts} parts");
        y = node.Reshape(y, shape[0], parts, shape.ElementCount / Math.Max(1, shape[0] * parts));
        y = Multiply(node, y, node.Reshape(node.Input(1), parts, 1));
        node.Result(node.Reshape(node.Emit(new Binary(BinaryKind.Add), y, node.Reshape(node.Input(2), parts, 1)), shape.Span));
    }

    /// <summary>x / sqrt(mean of squares + epsilon) * scale, over the axes from one on.</summary>
    [OnnxOperator("RMSNormalization")]
    [OnnxOperator("SimplifiedLayerNormalization", Varying = VaryingOperands.Taken)]
    public static void RmsNormalization(OnnxNode node) => node.Result(node.AsItRuns(ByRoot(node, node.Input(0), node.Input(1), node.Axis(node.Int("axis", -1), node.Input(0).Type.Shape.Rank), node.Float("epsilon", 1e-5f))));

    /// <summary>The same written out, whose last product a node is; whether that was so.</summary>
    public static bool ByRootAround(OnnxNode node)
    {
        if (node.Importer.Patterns.RootNormalizationAround(node) is not { } group) return false;
        node.Result(ByRoot(node, group.Operand, group.Factors, group.Operand.Type.Shape.Rank - 1, group.Epsilon));
        return true;
    }

    /// <summary>The same of x + skip (+ bias). Operands: x, skip, scale, bias.</summary>
    [OnnxOperator("SkipSimplifiedLayerNormalization", OnnxOperatorAttribute.Microsoft)]
    public static void SkipSimplifiedLayerNormalization(OnnxNode node)
    {
        var sum = node.Emit(new Binary(BinaryKind.Add), node.Input(0), node.Input(1));
        if (node.OptionalInput(3) is { } bias) sum = node.Emit(new Binary(BinaryKind.Add), sum, bias);
        node.Result(node.AsItRuns(node.Emit(new LayerNormalization(node.Float("epsilon", 1e-12f), LayerNormalizationKind.RunningRoot), sum, node.Input(2))));
        node.Result(node.AsItRuns(sum), 3);
    }

    /// <summary>x / its norm along an axis: the sum of magnitudes, or the root of the sum of squares.</summary>
    [OnnxOperator("LpNormalization")]
    public static void LpNormalization(OnnxNode node)
    {
        var x = node.Input(0);
        node.Result(node.Emit(new Binary(BinaryKind.Divide), x, Norm(node, x, new Ints(node.Axis(node.Int("axis", -1), x.Type.Shape.Rank)))));
    }

    /// <summary>The norm of each channel's image.</summary>
    [OnnxOperator("GlobalLpPool")]
    public static void GlobalLpPool(OnnxNode node)
    {
        int rank = node.Input(0).Type.Shape.Rank;
        node.Result(PowerNorm(node, node.Input(0), new Ints([.. Enumerable.Range(2, Math.Max(0, rank - 2))])));
    }

    /// <summary>The norm of each window.</summary>
    [OnnxOperator("LpPool")]
    public static void LpPool(OnnxNode node)
    {
        var x = node.Input(0);
        var patches = Patches.Of(node, x, Windows.Of(node, x.Type.Shape, node.Ints("kernel_shape") ?? throw node.Malformed("has no window")), 0);
        var norms = PowerNorm(node, patches.Data, new Ints(2));
        node.Result(patches.Spread(node, node.Reshape(norms, norms.Type.Shape[0], norms.Type.Shape[1], norms.Type.Shape[3])));
    }

    // ONNX Runtime's pools take every power by the C library (pool_functors.h).
    private static Value PowerNorm(OnnxNode node, Value x, Ints axes)
    {
        int p = node.Int("p", 2);
        if (p == 1) return Norm(node, x, axes);
        Value Power(Value v, float exponent) => node.Emit(new Binary(BinaryKind.LibraryPower), v, OnnxNode.Scalar(exponent));
        return Power(node.Emit(new Reduce(ReduceKind.Sum, axes, true), Power(node.Emit(new Unary(UnaryKind.Abs), x), p)), 1f / p);
    }

    private static Value Norm(OnnxNode node, Value x, Ints axes) => node.Int("p", 2) switch
    {
        1 => node.Emit(new Reduce(ReduceKind.Sum, axes, true), node.Emit(new Unary(UnaryKind.Abs), x)),
        2 => node.Emit(new Unary(UnaryKind.Sqrt), node.Emit(new Reduce(ReduceKind.Sum, axes, true), node.Emit(new Unary(UnaryKind.Square), x))),
        var p => throw node.Unsupported($"its norm is that of {p}"),
    };

    private static Value ByRoot(OnnxNode node, Value x, Value scale, int axis, float epsilon)
    {
        var shape = x.Type.Shape;
        int width = shape.Skip(axis).Aggregate(1, (n, e) => n * e);
        var factors = node.Reshape(node.Emit(new BroadcastTo(new Shape(shape.Span[axis..])), scale), width);
        var rows = node.Reshape(x, [.. shape.Span[..axis], width]);
        return node.Reshape(node.Emit(new LayerNormalization(epsilon, LayerNormalizationKind.RootMeanSquare), rows, factors), shape.Span);
    }

    private static Value Multiply(OnnxNode node, Value a, Value b) => node.Emit(new Binary(BinaryKind.Multiply), a, b);
}
