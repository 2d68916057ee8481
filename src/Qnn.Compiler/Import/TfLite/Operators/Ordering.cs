using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>ARG_MAX, ARG_MIN, TOPK_V2, CUMSUM. Quantized elements are in the order of their real values, so they are compared as they are.</summary>
internal static class Ordering
{
    [TfLiteOperator(BuiltinOperator.ARG_MAX)]
    public static void ArgMax(TfLiteNode node) => EmitArgReduce(node, least: false);

    [TfLiteOperator(BuiltinOperator.ARG_MIN)]
    public static void ArgMin(TfLiteNode node) => EmitArgReduce(node, least: true);

    [TfLiteOperator(BuiltinOperator.TOPK_V2)]
    public static void TopK(TfLiteNode node)
    {
        var op = new Ir.Operators.TopK(node.ConstantScalar(1, "the count"));
        if (node.OutputCount < 2 || node.OutputElement(1) == ElementType.S32)
        {
            node.EmitResults(op, node.Input(0));
            return;
        }
        var results = node.EmitSeveral(op, node.Input(0));
        node.EmitResult(new Ir.Operators.Reshape(results[0].Type.Shape), results[0]);
        node.EmitResultAt(1, new Ir.Operators.Cast(node.OutputElement(1)), results[1]);
    }

    [TfLiteOperator(BuiltinOperator.CUMSUM)]
    public static void CumulativeSum(TfLiteNode node)
    {
        var options = node.Options<CumsumOptions>();
        int axis = node.Axis(node.ConstantScalar(1, "the axis"), node.Input(0).Type.Shape.Rank);
        node.EmitResult(new Ir.Operators.CumulativeSum(axis, options.Exclusive, options.Reverse), node.Input(0));
    }

    private static void EmitArgReduce(TfLiteNode node, bool least)
    {
        int axis = node.Axis(node.ConstantScalar(1, "the axis"), node.Input(0).Type.Shape.Rank);
        node.EmitResult(new Ir.Operators.ArgReduce(axis, least, node.OutputElement()), node.Input(0));
    }
}
