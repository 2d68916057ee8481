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
        double power = frobenius || call.Argument(1, call.Operator == "aten::norm" ? "p" : "ord") is null ? 2 : call.Argument(1) is string ? throw call.Unsupported("it is the norm of a matrix") : call.Real(1, call.Operator == "aten::norm" ? "p" : "ord");
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(first, "dim") is { Length: > 0 } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        return Over(call, data, axes, call.Flag(first + 1, "keepdim"), power);
    }

    /// <summary>(a, b, p): the length of a - b.</summary>
    [TorchOperator("aten::dist")]
    public static object? Distance(TorchCall call)
    {
        var (a, b) = Arithmetic.Common(call, 0, 1, toFloat: true);
        var distance = call.Emit(new Binary(BinaryKind.Subtract), a, b);
        return Over(call, distance, [.. Enumerable.Range(0, distance.Type.Shape.Rank)], false, call.Real(2, "p", 2));
    }

    /// <summary>(a [..., P, M], b [..., R, M], p): the distances of all rows of the one from all of the other.</summary>
    [TorchOperator("aten::cdist")]
    public static object? Distances(TorchCall call)
    {
        var (a, b) = Arithmetic.Common(call, 0, 1, toFloat: true);
        Shape p = a.Type.Shape, r = b.Type.Shape;
        if (p.Rank < 2 || r.Rank < 2 || (long)p.ElementCount * r[-2] > 1 << 26) throw call.Unsupported($"it compares all rows of {a.Type} and {b.Type}");
        var distance = call.Emit(new Binary(BinaryKind.Subtract), call.Reshape(a, [.. p.Span[..^1], 1, p[-1]]), call.Reshape(b, [.. r.Span[..^2], 1, r[-2], r[-1]]));
        return Over(call, distance, [distance.Type.Shape.Rank - 1], false, call.Real(2, "p", 2));
    }

    /// <summary>(a, b, p, eps, keepdim): the length of a - b + eps along the last axis.</summary>
    [TorchOperator("aten::pairwise_distance")]
    public static object? PairwiseDistance(TorchCall call)
    {
        var (a, b) = Arithmetic.Common(call, 0, 1, toFloat: true);
        var distance = call.Emit(new Binary(BinaryKind.Add), call.Emit(new Binary(BinaryKind.Subtract), a, b), TorchCall.Constant((float)call.Real(3, "eps", 1e-6)));
        return Over(call, distance, [Math.Max(0, distance.Type.Shape.Rank - 1)], call.Flag(4, "keepdim"), call.Real(2, "p", 2));
    }

    /// <summary>The norm over axes: (sum of |x|^p)^(1/p), the greatest or least magnitude where p is infinite, how many are not 0 where it is 0.</summary>
    public static Value Over(TorchCall call, Value data, int[] axes, bool keep, double power = 2)
    {
        if (data.Type.Quantization is not null) throw call.Unsupported("its data is quantized");
        if (power != 2) return Other(call, data, axes, keep, power);
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

    private static Value Other(TorchCall call, Value data, int[] axes, bool keep, double power)
    {
        var size = call.Emit(new Unary(UnaryKind.Abs), data);
        if (double.IsInfinity(power)) return call.Emit(new Reduce(power > 0 ? ReduceKind.Max : ReduceKind.Min, new Ints(axes), keep), size);
        if (power == 0) return Sums.Over(call, call.Emit(new Cast(ElementType.F32), call.Emit(new Compare(CompareKind.NotEqual), data, TorchCall.Constant(0f))), axes, keep);
        if (power == 1) return Sums.Over(call, size, axes, keep);
        var sum = Sums.Over(call, call.Emit(new Binary(BinaryKind.Power), size, TorchCall.Constant((float)power)), axes, keep);
        return call.Emit(new Binary(BinaryKind.Power), sum, TorchCall.Constant((float)(1 / power)));
    }
}
