using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Operators that look up or place elements by indices: GATHER, GATHER_ND, SCATTER_ND, SPARSE_TO_DENSE, ONE_HOT, REVERSE_SEQUENCE, and the two for matrix diagonals.</summary>
internal static class Gathering
{
    [TfLiteOperator(BuiltinOperator.GATHER, Varying = true)]
    public static void Gather(TfLiteNode node)
    {
        var options = node.Options<GatherOptions>();
        int axis = node.Axis(options.Axis, node.Input(0).Type.Shape.Rank);
        int batchDims = options.BatchDims < 0 ? options.BatchDims + node.Input(1).Type.Shape.Rank : options.BatchDims;
        node.EmitResult(new Ir.Operators.Gather(axis, batchDims), node.Input(0), node.Input(1));
    }

    [TfLiteOperator(BuiltinOperator.GATHER_ND, Varying = true)]
    public static void GatherNd(TfLiteNode node) => node.EmitResult(new Ir.Operators.GatherNd(), node.Input(0), node.Input(1));

    [TfLiteOperator(BuiltinOperator.SCATTER_ND)]
    public static void ScatterNd(TfLiteNode node) =>
        node.EmitResult(new Ir.Operators.ScatterNd(new Shape(node.ConstantInts(2, "the shape")), ScatterReduction.Add), node.Input(0), node.Input(1));

    /// <summary>Indices are one number, a list of numbers, or a list of tuples; values are one for each or one for all.</summary>
    [TfLiteOperator(BuiltinOperator.SPARSE_TO_DENSE)]
    public static void SparseToDense(TfLiteNode node)
    {
        var shape = new Shape(node.ConstantInts(1, "the shape"));
        var (indices, values) = (node.Input(0), node.Input(2));
        var given = indices.Type.Shape;
        int count = given.Rank == 0 ? 1 : given[0], depth = given.Rank < 2 ? 1 : given[1];
        if (given.Rank > 2 || depth != shape.Rank) throw node.Malformed($"has indices {given} into {shape}");
        if (values.Type.Shape.ElementCount != count) values = node.Move(new Ir.Operators.BroadcastTo(new Shape(count)), node.Reshape(values));
        node.EmitResult(new Ir.Operators.ScatterNd(shape, ScatterReduction.None), node.Reshape(indices, count, depth), values, node.OptionalInput(3));
    }

    /// <summary>result[..., d, ...] = indices[...] == d ? on : off</summary>
    [TfLiteOperator(BuiltinOperator.ONE_HOT)]
    public static void OneHot(TfLiteNode node)
    {
        var indices = node.Input(0);
        int depth = node.ConstantScalar(1, "the depth"), rank = indices.Type.Shape.Rank;
        if (depth is < 0 or > 1 << 24) throw node.Malformed($"has depth {depth}");
        int axis = node.Options<OneHotOptions>().Axis is -1 ? rank : node.Axis(node.Options<OneHotOptions>().Axis, rank + 1);
        List<int> extents = [.. indices.Type.Shape];
        extents.Insert(axis, 1);
        var range = new int[extents.Count];
        Array.Fill(range, 1);
        range[axis] = depth;
        var numbers = indices.Type.Element == ElementType.S64
            ? Ir.Tensor.Of<long>(new Shape(range), [.. Enumerable.Range(0, depth).Select(i => (long)i)])
            : Ir.Tensor.Of<int>(new Shape(range), [.. Enumerable.Range(0, depth)]);
        var hit = node.Emit(new Compare(CompareKind.Equal), node.Reshape(indices, [.. extents]), node.AddConstant("depth", numbers));
        node.EmitResult(new Select(), hit, node.Reshape(node.Input(2)), node.Reshape(node.Input(3)));
    }

    [TfLiteOperator(BuiltinOperator.REVERSE_SEQUENCE)]
    public static void ReverseSequence(TfLiteNode node)
    {
        var options = node.Options<ReverseSequenceOptions>();
        int rank = node.Input(0).Type.Shape.Rank;
        node.EmitResult(new Ir.Operators.ReverseSequence(node.Axis(options.SeqDim, rank), node.Axis(options.BatchDim, rank)), node.Input(0), node.Input(1));
    }

    /// <summary>result[..., i, i] = data[..., i]; 0 elsewhere.</summary>
    [TfLiteOperator(BuiltinOperator.MATRIX_DIAG)]
    public static void MatrixDiag(TfLiteNode node)
    {
        var data = node.Input(0);
        var shape = data.Type.Shape;
        if (shape.Rank == 0) throw node.Malformed("takes a scalar");
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. shape.Span, shape[-1]])), Diagonals(node, data));
    }

    /// <summary>result = data with its diagonals replaced: result[..., i, i] = diagonals[..., i].</summary>
    [TfLiteOperator(BuiltinOperator.MATRIX_SET_DIAG)]
    public static void MatrixSetDiag(TfLiteNode node)
    {
        var (data, diagonals) = (node.Input(0), node.Input(1));
        var shape = data.Type.Shape;
        if (shape.Rank < 2) throw node.Malformed($"takes {shape}");
        int rows = shape[-2], columns = shape[-1], count = Math.Min(rows, columns);
        if (diagonals.Type.Shape.Rank != shape.Rank - 1 || diagonals.Type.Shape[-1] != count) throw node.Malformed($"has diagonals {diagonals.Type.Shape} for {shape}");
        int[] outer = shape.Span[..^2].ToArray();
        var square = node.Reshape(Diagonals(node, diagonals), [.. outer, count, count]);
        var after = new int[shape.Rank];
        (after[^2], after[^1]) = (rows - count, columns - count);
        var placed = node.Move(new Ir.Operators.Pad(new Ints(new int[shape.Rank]), new Ints(after)), square);
        var mask = new Ir.Tensor(new Ir.TensorType(ElementType.Bool, new Shape(rows, columns)));
        for (int i = 0; i < count; i++) mask.MutableSpan<byte>()[i * columns + i] = 1;
        node.EmitResult(new Select(), node.AddConstant("mask", mask), placed, data);
    }

    // [..., n] to [..., n * n]: each element followed by n zeros, the last zeros cut off.
    private static Value Diagonals(TfLiteNode node, Value data)
    {
        var shape = data.Type.Shape;
        int n = shape[-1];
        if ((long)n * (n + 1L) > int.MaxValue) throw node.Malformed($"takes {shape}");
        var after = new int[shape.Rank + 1];
        after[^1] = n;
        var padded = node.Move(new Ir.Operators.Pad(new Ints(new int[shape.Rank + 1]), new Ints(after)), node.Reshape(data, [.. shape.Span, 1]));
        int[] outer = shape.Span[..^1].ToArray();
        var flat = node.Reshape(padded, [.. outer, n * (n + 1)]);
        return node.Move(Ir.Operators.StridedSlice.OfAxis(flat.Type.Shape, flat.Type.Shape.Rank - 1, 0, n * n), flat);
    }
}
