using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D.</summary>
internal static class Pool2D
{
    [TfLiteOperator(BuiltinOperator.AVERAGE_POOL_2D)]
    public static void ImportAverage(TfLiteNode node) => Import(node, PoolKind.Average);

    [TfLiteOperator(BuiltinOperator.MAX_POOL_2D)]
    public static void ImportMax(TfLiteNode node) => Import(node, PoolKind.Max);

    [TfLiteOperator(BuiltinOperator.L2_POOL_2D)]
    public static void ImportL2(TfLiteNode node) => Import(node, PoolKind.L2);

    private static void Import(TfLiteNode node, PoolKind kind)
    {
        var x = node.Input(0);
        var options = node.Options<Pool2DOptions>();
        if (x.Type.Shape.Rank != 4) throw node.Unsupported($"it pools a tensor of shape {x.Type.Shape}");
        var window = Window2D.Padded(options.Padding == Schema.Padding.SAME, x.Type.Shape[1], x.Type.Shape[2], options.FilterHeight, options.FilterWidth, options.StrideH, options.StrideW);
        if (!x.Type.IsQuantized())
        {
            var (low, high) = node.RealRange(options.FusedActivationFunction);
            node.EmitResult(new Ir.Operators.Pool2D(kind, window, low, high, kind == PoolKind.Average && node.Numerics == TfLiteNumerics.Xnnpack ? PoolOrder.Nines : PoolOrder.Rows), x);
            return;
        }
        var (min, max) = node.QuantizedRange(options.FusedActivationFunction);
        node.EmitResult(new QuantizedPool2D(kind, window, min, max), x);
    }
}
