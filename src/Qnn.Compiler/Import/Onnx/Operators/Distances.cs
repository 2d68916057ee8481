using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Distances of rows from rows.</summary>
internal static class Distances
{
    /// <summary>
    /// Those of all rows [M, N] from all others [K, N], or their squares: -2 * a * b as a Gemm, plus the squares' sums of a, plus those of b; not less than 0 (<c>cdist.cc</c>).
    /// </summary>
    [OnnxOperator("CDist", OnnxOperatorAttribute.Microsoft)]
    public static void CDist(OnnxNode node)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        if (a.Type.Shape.Rank != 2 || b.Type.Shape.Rank != 2 || a.Type.Shape[1] != b.Type.Shape[1]) throw node.Malformed($"compares {a.Type} with {b.Type}");
        Value Squares(Value rows) => node.Emit(new RowSum(RowSumOrder.PairedLanes), node.Emit(new Binary(BinaryKind.Multiply), rows, rows));
        var products = MatrixProducts.Scaled(node, a, Channels.Permute(node.Importer.Builder, b, [1, 0], node.Location), -2);
        var sums = node.Emit(new Binary(BinaryKind.Add), products, node.Reshape(Squares(a), a.Type.Shape[0], 1));
        sums = node.Emit(new Binary(BinaryKind.Add), sums, node.Reshape(Squares(b), 1, b.Type.Shape[0]));
        var distances = node.Emit(new Binary(BinaryKind.Maximum), sums, OnnxNode.Scalar(0f));
        node.Result(node.Text("metric", "sqeuclidean") switch
        {
            "sqeuclidean" => distances,
            "euclidean" => node.Emit(new Unary(UnaryKind.Sqrt), distances),
            var metric => throw node.Unsupported($"its metric is {metric}"),
        });
    }
}
