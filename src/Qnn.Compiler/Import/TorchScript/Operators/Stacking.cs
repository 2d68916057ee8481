using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>NumPy's ways of joining, cutting and turning tensors, in terms of PyTorch's own; diagonals.</summary>
internal static class Stacking
{
    [TorchOperator("aten::hstack", "aten::vstack", "aten::dstack", "aten::column_stack", "aten::row_stack")]
    public static object? Joined(TorchCall call)
    {
        Value[] parts = [.. call.Tensors(0).Select(Lifted)];
        int axis = call.Operator switch { "aten::vstack" or "aten::row_stack" => 0, "aten::dstack" => 2, _ => call.Operator == "aten::hstack" && parts[0].Type.Shape.Rank == 1 ? 0 : 1 };
        return Shaping.Concat(call.With(new TorchList(parts), (long)axis));

        Value Lifted(Value part)
        {
            int[] extents = part.Type.Shape.ToArray();
            return call.Operator switch
            {
                "aten::hstack" => extents.Length == 0 ? call.Reshape(part, 1) : part,
                "aten::column_stack" => extents.Length < 2 ? call.Reshape(part, part.Type.Shape.ElementCount, 1) : part,
                "aten::dstack" when extents.Length == 2 => call.Reshape(part, extents[0], extents[1], 1),
                "aten::dstack" when extents.Length < 2 => call.Reshape(part, 1, part.Type.Shape.ElementCount, 1),
                _ => extents.Length < 2 ? call.Reshape(part, 1, part.Type.Shape.ElementCount) : part,
            };
        }
    }

    /// <summary>(data, parts or places, dim): as many parts, the first ones greater by one where they do not come out even; or cuts at places.</summary>
    [TorchOperator("aten::tensor_split")]
    public static object? Split(TorchCall call) => Cut(call, call.Argument(1), call.Long(2, "dim", 0));

    [TorchOperator("aten::hsplit", "aten::vsplit", "aten::dsplit")]
    public static object? SplitAlong(TorchCall call) => Cut(call, call.Argument(1), call.Operator switch { "aten::vsplit" => 0, "aten::dsplit" => 2, _ => call.Tensor(0).Type.Shape.Rank == 1 ? 0 : 1 });

    [TorchOperator("aten::fliplr", "aten::flipud")]
    public static object? Mirrored(TorchCall call) => Shaping.Flip(call.With(call.Argument(0), new TorchList([call.Operator == "aten::fliplr" ? 1L : 0L])));

    /// <summary>(data, quarters, axes): turned from the first axis towards the second.</summary>
    [TorchOperator("aten::rot90")]
    public static object? Turned(TorchCall call)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank, quarters = (call.Int(1, "k", 1) % 4 + 4) % 4;
        int[] axes = [.. (call.OptionalInts(2, "dims") ?? [0, 1]).Select(a => call.Axis(a, rank))];
        if (axes.Length != 2 || axes[0] == axes[1]) throw call.Malformed("turns no two axes");
        Value Flipped(Value value, params long[] along) => (Value)Shaping.Flip(call.With(value, new TorchList(along.Select(a => (object?)a))))!;
        if (quarters == 0) return Numbers.Copy(call.With(data));
        if (quarters == 2) return Flipped(data, axes[0], axes[1]);
        int[] permutation = [.. Enumerable.Range(0, rank)];
        (permutation[axes[0]], permutation[axes[1]]) = (axes[1], axes[0]);
        return quarters == 1 ? call.Permute(Flipped(data, axes[1]), permutation) : Flipped(call.Permute(data, permutation), axes[1]);
    }

    [TorchOperator("aten::ravel")]
    public static object? Raveled(TorchCall call) => Shaping.Plain(call, call.Tensor(0), call.Tensor(0).Type.Shape.ElementCount);

    [TorchOperator("aten::view_as", "aten::reshape_as")]
    public static object? ShapedAs(TorchCall call) => Shaping.Plain(call, call.Tensor(0), call.Tensor(1).Type.Shape.Span);

    [TorchOperator("aten::atleast_1d", "aten::atleast_2d", "aten::atleast_3d")]
    public static object? AtLeast(TorchCall call)
    {
        if (call.Argument(0) is TorchList list) return new TorchList(list.Items.Select(i => AtLeast(call.With(i))));
        var data = call.Tensor(0);
        int[] extents = data.Type.Shape.ToArray();
        int wanted = call.Operator[^2] - '0';
        return extents.Length >= wanted ? data : Shaping.Plain(call, data, wanted == 3 && extents.Length == 2 ? [.. extents, 1] : wanted == 3 && extents.Length == 1 ? [1, extents[0], 1] : [.. Enumerable.Repeat(1, wanted - extents.Length), .. extents]);
    }

    /// <summary>(data, offset, dim1, dim2): the diagonal of two axes, a new last axis.</summary>
    [TorchOperator("aten::diagonal")]
    public static object? Diagonal(TorchCall call) => DiagonalOf(call, call.Tensor(0), call.Int(1, "offset", 0), call.Long(2, "dim1", 0), call.Long(3, "dim2", 1));

    [TorchOperator("aten::trace")]
    public static object? Trace(TorchCall call)
    {
        var diagonal = DiagonalOf(call, call.Tensor(0), 0, 0, 1);
        return call.Emit(new Reduce(ReduceKind.Sum, new Ints(0), false), diagonal);
    }

    /// <summary>The diagonal of a matrix, or a matrix that has a vector as its diagonal.</summary>
    [TorchOperator("aten::diag")]
    public static object? Diag(TorchCall call) =>
        call.Tensor(0).Type.Shape.Rank == 1 ? Embedded(call, call.Int(1, "diagonal", 0), 0, 1) : DiagonalOf(call, call.Tensor(0), call.Int(1, "diagonal", 0), 0, 1);

    [TorchOperator("aten::diagflat")]
    public static object? DiagonalOfAll(TorchCall call) => Diag(call.With(call.Reshape(call.Tensor(0), call.Tensor(0).Type.Shape.ElementCount), call.Long(1, "offset", 0)));

    /// <summary>All combinations of the elements of several vectors, a row each.</summary>
    [TorchOperator("aten::cartesian_prod")]
    public static object? Combined(TorchCall call)
    {
        Value[] parts = call.Tensors(0);
        if (parts.Length == 1) return parts[0];
        var grid = new Shape([.. parts.Select(p => p.Type.Shape.ElementCount)]);
        Value Column(Value part, int axis) => call.Reshape(call.Emit(new BroadcastTo(grid), call.Reshape(part, [.. grid.Select((e, a) => a == axis ? e : 1)])), grid.ElementCount, 1);
        return call.Emit(new Concat(1), [.. parts.Select(Column)]);
    }

    /// <summary>(data, offset, dim1, dim2): the last axis as the diagonal of two new ones, zeros beside it.</summary>
    [TorchOperator("aten::diag_embed")]
    public static object? EmbeddedDiagonal(TorchCall call) => Embedded(call, call.Int(1, "offset", 0), call.Long(2, "dim1", -2), call.Long(3, "dim2", -1));

    /// <summary>(a, b, dim): the vector product along an axis of three.</summary>
    [TorchOperator("aten::cross", "aten::linalg_cross")]
    public static object? Cross(TorchCall call)
    {
        var (a, b) = Arithmetic.Common(call, 0, 1);
        int rank = Math.Max(a.Type.Shape.Rank, b.Type.Shape.Rank);
        int axis = call.Argument(2, "dim") is null && call.Operator == "aten::cross" ? Array.FindIndex(a.Type.Shape.ToArray(), e => e == 3) : call.Axis(call.Long(2, "dim", -1), rank);
        if (axis < 0 || a.Type.Shape.Rank != rank || b.Type.Shape.Rank != rank || a.Type.Shape[axis] != 3 || b.Type.Shape[axis] != 3) throw call.Malformed($"has no vectors of three in {a.Type} and {b.Type}");
        Value Part(Value of, int i) => Shaping.Along(call, of, axis, i, 1, 1);
        Value Times(int i, int j) => call.Emit(new Binary(BinaryKind.Multiply), Part(a, i), Part(b, j));
        // The first product is not rounded apart.
        Value Component(int i, int j) => a.Type.Element == ElementType.F32
            ? Arithmetic.Fused(call, Part(a, i), Part(b, j), call.Emit(new Unary(UnaryKind.Negate), Times(j, i)))
            : call.Emit(new Binary(BinaryKind.Subtract), Times(i, j), Times(j, i));
        return call.Emit(new Concat(axis), Component(1, 2), Component(2, 0), Component(0, 1));
    }

    /// <summary>All products of the elements of two tensors, in blocks.</summary>
    [TorchOperator("aten::kron")]
    public static object? Kronecker(TorchCall call)
    {
        var (a, b) = Arithmetic.Common(call, 0, 1);
        int rank = Math.Max(a.Type.Shape.Rank, b.Type.Shape.Rank);
        int[] Extents(Value of) => [.. Enumerable.Repeat(1, rank - of.Type.Shape.Rank), .. of.Type.Shape];
        int[] extentsA = Extents(a), extentsB = Extents(b);
        var apart = call.Emit(new Binary(BinaryKind.Multiply), call.Reshape(a, [.. extentsA.SelectMany(e => (int[])[e, 1])]), call.Reshape(b, [.. extentsB.SelectMany(e => (int[])[1, e])]));
        return call.Reshape(apart, [.. extentsA.Zip(extentsB, (x, y) => x * y)]);
    }

    private static TorchList Cut(TorchCall call, object? where, long dim)
    {
        var data = call.Tensor(0);
        int axis = call.Axis(dim, data.Type.Shape.Rank), extent = data.Type.Shape.Rank == 0 ? throw call.Malformed("cuts a tensor without axes") : data.Type.Shape[axis];
        int[] cuts;
        if (where is long parts)
        {
            if (parts is <= 0 or > 10_000) throw call.Malformed($"makes {parts} parts");
            int each = (int)(extent / parts), greater = (int)(extent % parts);
            cuts = [.. Enumerable.Range(1, (int)parts - 1).Select(i => i * each + Math.Min(i, greater))];
        }
        else cuts = [.. call.Ints(1).Select(c => Math.Clamp(c < 0 ? c + extent : c, 0, extent))];
        int[] bounds = [0, .. cuts, extent];
        return new TorchList(bounds.Zip(bounds.Skip(1), (from, to) => (object?)Shaping.Along(call, data, axis, from, 1, Math.Max(0, to - from))));
    }

    private static Value DiagonalOf(TorchCall call, Value data, int offset, long dim1, long dim2)
    {
        int rank = data.Type.Shape.Rank, rows = call.Axis(dim1, rank), columns = call.Axis(dim2, rank);
        if (rank < 2 || rows == columns) throw call.Malformed($"has no diagonal of {data.Type}");
        int[] rest = [.. Enumerable.Range(0, rank).Where(a => a != rows && a != columns)];
        int height = data.Type.Shape[rows], width = data.Type.Shape[columns], top = Math.Max(0, -offset), left = Math.Max(0, offset), count = Math.Max(0, Math.Min(height - top, width - left));
        int[] extents = [.. rest.Select(a => data.Type.Shape[a])];
        var matrices = call.Reshape(call.Permute(data, [.. rest, rows, columns]), [.. extents, height * width]);
        var places = TorchCall.Constant(Tensor.Of<long>(new Shape(count), [.. Enumerable.Range(0, count).Select(i => (long)(top + i) * width + left + i)]));
        return call.EmitQuantized(new Gather(extents.Length), Shaping.PerTensor(call, data), matrices, places);
    }

    private static Value Embedded(TorchCall call, int offset, long dim1, long dim2)
    {
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        if (shape.Rank == 0 || data.Type.Quantization is not null) throw call.Unsupported($"it has data {data.Type}");
        int count = shape[-1], side = count + Math.Abs(offset), rank = shape.Rank + 1, rows = call.Axis(dim1, rank), columns = call.Axis(dim2, rank);
        // What is beside the diagonal is at no place, which reads 0.
        long[] places = [.. Enumerable.Range(0, side * side).Select(i => i % side - i / side == offset ? Math.Min(i / side, i % side) : -1L)];
        var matrices = call.Reshape(call.Emit(new Gather(shape.Rank - 1), data, TorchCall.Constant(Tensor.Of<long>(new Shape(places.Length), places))), [.. shape.Span[..^1], side, side]);
        var order = new Queue<int>(Enumerable.Range(0, rank - 2));
        return call.Permute(matrices, [.. Enumerable.Range(0, rank).Select(a => a == rows ? rank - 2 : a == columns ? rank - 1 : order.Dequeue())]);
    }
}
