using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// SEGMENT_SUM and UNSORTED_SEGMENT_*: rows of the data that have one number become one row, in their order; what no row has stays at the number that changes nothing, rows with negative numbers do not count.
/// </summary>
internal static class Segments
{
    [TfLiteOperator(BuiltinOperator.SEGMENT_SUM)]
    public static void Sum(TfLiteNode node)
    {
        int[] numbers = node.ConstantInts(1, "the segments");
        for (int i = 0; i < numbers.Length; i++)
        {
            int before = i == 0 ? 0 : numbers[i - 1];
            if (numbers[i] < before || numbers[i] > before + 1) throw node.Malformed("has segments that are not numbered in order");
        }
        Emit(node, numbers.Length == 0 ? 0 : numbers[^1] + 1, ScatterReduction.Add, 0, 0);
    }

    [TfLiteOperator(BuiltinOperator.UNSORTED_SEGMENT_SUM)]
    public static void UnsortedSum(TfLiteNode node) => Unsorted(node, ScatterReduction.Add, 0, 0);

    [TfLiteOperator(BuiltinOperator.UNSORTED_SEGMENT_PROD)]
    public static void UnsortedProduct(TfLiteNode node) => Unsorted(node, ScatterReduction.Multiply, 1, 1);

    [TfLiteOperator(BuiltinOperator.UNSORTED_SEGMENT_MAX)]
    public static void UnsortedMaximum(TfLiteNode node) => Unsorted(node, ScatterReduction.Max, float.MinValue, int.MinValue);

    [TfLiteOperator(BuiltinOperator.UNSORTED_SEGMENT_MIN)]
    public static void UnsortedMinimum(TfLiteNode node) => Unsorted(node, ScatterReduction.Min, float.MaxValue, int.MaxValue);

    private static void Unsorted(TfLiteNode node, ScatterReduction reduction, float real, int integer) =>
        Emit(node, node.ConstantScalar(2, "the number of segments"), reduction, real, integer);

    private static void Emit(TfLiteNode node, int count, ScatterReduction reduction, float real, int integer)
    {
        var (data, numbers) = (node.Input(0), node.Input(1));
        var shape = data.Type.Shape;
        if (numbers.Type.Shape.Rank != 1 || shape.Rank == 0 || shape[0] != numbers.Type.Shape[0] || count < 0) throw node.Malformed($"makes {count} segments of {data.Type} by {numbers.Type}");
        var fill = data.Type.Element switch
        {
            ElementType.F32 => Ir.Tensor.Scalar(real),
            ElementType.S32 => Ir.Tensor.Scalar(integer),
            var other => throw node.Unsupported($"it takes {other.Name()}"),
        };
        node.EmitResult(new ScatterNd(new Shape([count, .. shape.Span[1..]]), reduction), node.Reshape(numbers, shape[0], 1), data, node.AddConstant("fill", fill));
    }
}
