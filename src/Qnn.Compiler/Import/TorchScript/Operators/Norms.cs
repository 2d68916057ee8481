using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Lengths of vectors and distances between them.</summary>
internal static class Norms
{
    /// <summary>The square root of the sum of squares, over some axes or all.</summary>
    [TorchOperator("aten::norm", "aten::frobenius_norm", "aten::linalg_vector_norm", "aten::linalg_norm")]
    public static object? Norm(TorchCall call)
    {
        bool frobenius = call.Operator == "aten::frobenius_norm";
        int first = frobenius ? 1 : 2;
        if (!frobenius && call.Argument(1, "p") is not null && call.Real(1) != 2) throw call.Unsupported("it is not the Euclidean norm");
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(first, "dim") is { Length: > 0 } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        return Over(call, data, axes, call.Flag(first + 1, "keepdim"));
    }

    /// <summary>(a, b, p, eps, keepdim): the length of a - b + eps along the last axis.</summary>
    [TorchOperator("aten::pairwise_distance")]
    public static object? PairwiseDistance(TorchCall call)
    {
        if (call.Real(2, "p", 2) != 2) throw call.Unsupported("it is not the Euclidean distance");
        var (a, b) = Arithmetic.Common(call, 0, 1, toFloat: true);
        var distance = call.Emit(new Binary(BinaryKind.Add), call.Emit(new Binary(BinaryKind.Subtract), a, b), TorchCall.Constant((float)call.Real(3, "eps", 1e-6)));
        return Over(call, distance, [Math.Max(0, distance.Type.Shape.Rank - 1)], call.Flag(4, "keepdim"));
    }

    private static Value Over(TorchCall call, Value data, int[] axes, bool keep)
    {
        var shape = data.Type.Shape;
        int[] order = call.Formats.Order(data), kept = [.. order.Where(a => !axes.Contains(a))];
        // Rows that follow each other in memory.
        if (data.Type.Element == ElementType.F32 && shape.ElementCount > 0 && order[kept.Length..].All(axes.Contains))
        {
            int rows = kept.Aggregate(1, (n, a) => n * shape[a]);
            var lengths = call.Emit(new RowNorm(), call.Reshape(call.Permute(data, order), rows, shape.ElementCount / rows));
            int[] natural = [.. kept.Order()];
            var result = call.Permute(call.Reshape(lengths, [.. kept.Select(a => shape[a])]), [.. natural.Select(a => Array.IndexOf(kept, a))]);
            return keep ? call.Reshape(result, [.. shape.Select((e, a) => axes.Contains(a) ? 1 : e)]) : result;
        }
        return call.Emit(new Unary(UnaryKind.Sqrt), call.Emit(new Reduce(ReduceKind.Sum, new Ints(axes), keep), call.Emit(new Unary(UnaryKind.Square), data)));
    }
}
