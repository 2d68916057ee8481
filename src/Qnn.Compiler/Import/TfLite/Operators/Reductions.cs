using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>MEAN, SUM and the other reductions over axes.</summary>
internal static class Reductions
{
    [TfLiteOperator(BuiltinOperator.MEAN)]
    public static void ImportMean(TfLiteNode node)
    {
        var axes = Axes(node);
        bool keep = node.Options<ReducerOptions>().KeepDims;
        // XNNPACK multiplies by the reciprocal of the count.
        if (node.Input(0).Type.Element == ElementType.F32 && node.Numerics == TfLiteNumerics.Xnnpack)
        {
            var sum = node.Emit(new Reduce(ReduceKind.Sum, axes, keep), node.Input(0));
            float count = (float)node.Input(0).Type.Shape.ElementCount / sum.Type.Shape.ElementCount;
            node.EmitResult(new Ir.Operators.Binary(BinaryKind.Multiply), sum, node.AddConstant("reciprocal", Ir.Tensor.Scalar(1 / count)));
        }
        else if (!node.Input(0).Type.IsQuantized())
        {
            node.EmitResult(new Reduce(ReduceKind.Mean, axes, keep), node.Input(0));
        }
        else EmitQuantized(node, sum: false, MeanRoundingOf(node, axes, keep), axes, keep);
    }

    [TfLiteOperator(BuiltinOperator.SUM)]
    public static void ImportSum(TfLiteNode node)
    {
        var axes = Axes(node);
        bool keep = node.Options<ReducerOptions>().KeepDims;
        if (!node.Input(0).Type.IsQuantized()) node.EmitResult(new Reduce(ReduceKind.Sum, axes, keep), node.Input(0));
        else EmitQuantized(node, sum: true, SumRoundingOf(node), axes, keep);
    }

    [TfLiteOperator(BuiltinOperator.REDUCE_MAX)]
    public static void ImportMax(TfLiteNode node) => EmitReduce(node, ReduceKind.Max);

    [TfLiteOperator(BuiltinOperator.REDUCE_MIN)]
    public static void ImportMin(TfLiteNode node) => EmitReduce(node, ReduceKind.Min);

    [TfLiteOperator(BuiltinOperator.REDUCE_PROD)]
    public static void ImportProduct(TfLiteNode node)
    {
        if (!node.Input(0).Type.IsQuantized())
        {
            EmitReduce(node, ReduceKind.Product);
            return;
        }
        _ = node.ElementwiseQuantization();
        node.EmitResult(new QuantizedProduct(Axes(node), node.Options<ReducerOptions>().KeepDims), node.Input(0));
    }

    [TfLiteOperator(BuiltinOperator.REDUCE_ANY)]
    public static void ImportAny(TfLiteNode node) => EmitReduce(node, ReduceKind.Any);

    [TfLiteOperator(BuiltinOperator.REDUCE_ALL)]
    public static void ImportAll(TfLiteNode node) => EmitReduce(node, ReduceKind.All);

    private static void EmitReduce(TfLiteNode node, ReduceKind kind) =>
        node.EmitResult(new Reduce(kind, Axes(node), node.Options<ReducerOptions>().KeepDims), node.Input(0));

    private static void EmitQuantized(TfLiteNode node, bool sum, MeanRounding rounding, Ints axes, bool keep)
    {
        _ = node.ElementwiseQuantization();
        node.EmitResult(new QuantizedMean(sum, rounding, axes, keep), node.Input(0));
    }

    private static MeanRounding SumRoundingOf(TfLiteNode node) => node.Numerics switch
    {
        TfLiteNumerics.Reference => MeanRounding.Exact,
        TfLiteNumerics.Xnnpack when node.Input(0).Type.Element != ElementType.S16 => MeanRounding.Float32,
        _ => MeanRounding.FloatBias,
    };

    private static MeanRounding MeanRoundingOf(TfLiteNode node, Ints axes, bool keep)
    {
        var x = node.Input(0).Type;
        bool images = keep && x.Shape.Rank == 4 && axes.Select(a => a < 0 ? a + 4 : a).Order().SequenceEqual([1, 2]);
        if (x.Element == ElementType.S16) return MeanRounding.Exact;
        return node.Numerics switch
        {
            TfLiteNumerics.Xnnpack => MeanRounding.Float32,
            TfLiteNumerics.Builtin when images => MeanRounding.Folded,
            _ => MeanRounding.Exact,
        };
    }

    private static Ints Axes(TfLiteNode node) => new(node.Constant(1, "the axes").ToInt32());
}
