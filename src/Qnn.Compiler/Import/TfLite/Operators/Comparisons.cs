using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>EQUAL and the others, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE and PRELU.</summary>
internal static class Comparisons
{
    [TfLiteOperator(BuiltinOperator.EQUAL)]
    public static void Equal(TfLiteNode node) => Compare(node, CompareKind.Equal);

    [TfLiteOperator(BuiltinOperator.NOT_EQUAL)]
    public static void NotEqual(TfLiteNode node) => Compare(node, CompareKind.NotEqual);

    [TfLiteOperator(BuiltinOperator.LESS)]
    public static void Less(TfLiteNode node) => Compare(node, CompareKind.Less);

    [TfLiteOperator(BuiltinOperator.LESS_EQUAL)]
    public static void LessEqual(TfLiteNode node) => Compare(node, CompareKind.LessEqual);

    [TfLiteOperator(BuiltinOperator.GREATER)]
    public static void Greater(TfLiteNode node) => Compare(node, CompareKind.Greater);

    [TfLiteOperator(BuiltinOperator.GREATER_EQUAL)]
    public static void GreaterEqual(TfLiteNode node) => Compare(node, CompareKind.GreaterEqual);

    [TfLiteOperator(BuiltinOperator.MAXIMUM)]
    public static void Maximum(TfLiteNode node) => MinMax(node, max: true);

    [TfLiteOperator(BuiltinOperator.MINIMUM)]
    public static void Minimum(TfLiteNode node) => MinMax(node, max: false);

    [TfLiteOperator(BuiltinOperator.SQUARED_DIFFERENCE)]
    public static void SquaredDifference(TfLiteNode node)
    {
        bool quantized = node.Input(0).Type.IsQuantized();
        if (quantized && (node.Input(0).Type.Quantization is null || node.Input(1).Type.Quantization is null || node.OutputQuantization() is null)) throw node.Malformed("computes with quantized numbers without scales");
        Ir.Operator op = quantized ? new QuantizedSquaredDifference() : new Binary(BinaryKind.SquaredDifference);
        node.EmitResult(op, node.Input(0), node.Input(1));
    }

    [TfLiteOperator(BuiltinOperator.PRELU)]
    public static void PRelu(TfLiteNode node)
    {
        var (x, alpha) = (node.Input(0), node.Input(1));
        if (x.Type.IsQuantized())
        {
            node.EmitResult(new QuantizedPRelu(), x, alpha);
            return;
        }
        // max(x, 0) + alpha * min(x, 0) is not the same for an infinite x, but a choice between x and alpha * x is.
        var zero = node.AddConstant("zero", Ir.Tensor.Scalar(0f));
        node.EmitResult(new Select(), node.Emit(new Compare(CompareKind.GreaterEqual), x, zero), x, node.Emit(new Binary(BinaryKind.Multiply), x, alpha));
    }

    private static void Compare(TfLiteNode node, CompareKind kind)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        bool scaled = a.Type.Element is ElementType.U8 or ElementType.S8 && a.Type.Quantization is not null && b.Type.Quantization is not null;
        Ir.Operator op = scaled ? new QuantizedCompare(kind) : new Compare(kind);
        node.EmitResult(op, a, b);
    }

    private static void MinMax(TfLiteNode node, bool max)
    {
        Ir.Operator op = node.Input(0).Type.IsQuantized() ? new QuantizedMinMax(max) : new Binary(max ? BinaryKind.Maximum : BinaryKind.Minimum);
        node.EmitResult(op, node.Input(0), node.Input(1));
    }
}
