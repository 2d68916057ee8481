using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// The orders in which libtorch adds up the products of float matrices: MKL's on processors that are none of Intel's, found by trial. Of four rows and twelve columns or more, products join their run's sum with one rounding;
/// smaller ones go to kernels of vectors of 16 bytes that round everything, and whose order depends on where rows begin in memory.
/// </summary>
internal static class MklProducts
{
    // Rows and columns from which on products are fused, and the products of a run.
    public const int FusedRows = 4;
    private const int FusedColumns = 12, Run = 192;

    // Of batches, what at::native::bmm computes by itself.
    private const int TinyProducts = 400;

    /// <summary>A product of two matrices, and what is added to it.</summary>
    public static Value Plain(TorchCall call, Value a, Value b, Value? addend, bool isTurned = false)
    {
        int rows = a.Type.Shape[0], depth = a.Type.Shape[-1], columns = b.Type.Shape[-1];
        isTurned |= IsTurned(call, b);
        if (rows >= FusedRows && columns >= FusedColumns) return Fused(call, a, b, addend);
        if (columns == 1 && rows > 1 && !IsTurned(call, a)) return Plus(call, Rows(call, a, b), addend);
        if (rows == 1 && columns > 1 && isTurned) return Plus(call, call.Emit(new BatchMatMul(MatMulOrder.Vector), a, b), addend);
        return isTurned && columns > 1 ? Plus(call, call.Emit(new BatchMatMul(MatMulOrder.Dots, Alignment(call, a)), a, b), addend) : InOrder(call, a, b, addend);
    }

    /// <summary>The order of the products of rows that follow each other, from a boundary on, and a matrix that is the transpose of what lies in memory.</summary>
    public static int OrderOf(int rows, int depth, int columns) =>
        rows >= FusedRows && columns >= FusedColumns ? RunOf(depth) : columns == 1 ? rows == 1 ? MatMulOrder.Columns : MatMulOrder.Vector : rows == 1 ? MatMulOrder.Vector : MatMulOrder.Dots;

    /// <summary>A matrix and a vector: its rows are the columns that the vector is multiplied by.</summary>
    public static Value Rows(TorchCall call, Value matrix, Value column) =>
        call.Permute(call.Emit(new BatchMatMul(MatMulOrder.Vector), call.Permute(column, 1, 0), call.Permute(matrix, 1, 0)), 1, 0);

    /// <summary>Products of matrices of leading axes, which broadcast, and what is added to them.</summary>
    public static Value Batched(TorchCall call, Value a, Value b, Value? addend, bool isTurned = false)
    {
        int rows = a.Type.Shape[-2], depth = a.Type.Shape[-1], columns = b.Type.Shape[-1];
        isTurned |= IsTurned(call, b);
        return (long)rows * depth * columns < TinyProducts ? Plus(call, call.Emit(new BatchMatMul(), a, b), addend) : Each(call, a, b, addend, isTurned);
    }

    /// <summary>The same, each product by itself, be it small or not. The place is where each result begins in memory, in elements; null where they follow each other.</summary>
    public static Value Each(TorchCall call, Value a, Value b, Value? addend, bool isTurned, int? place = null)
    {
        int rows = a.Type.Shape[-2], columns = b.Type.Shape[-1];
        if (rows >= FusedRows && columns >= FusedColumns) return Fused(call, a, b, addend);
        if (!isTurned || columns == 1) return InOrder(call, a, b, addend, place);
        return Plus(call, call.Emit(rows == 1 ? new BatchMatMul(MatMulOrder.Vector) : new BatchMatMul(MatMulOrder.Dots, Alignment(call, a)), a, b), addend);
    }

    /// <summary>Rows in groups, each times a matrix of its own. Few columns have other orders.</summary>
    public static Value Grouped(TorchCall call, Value a, Value b, Value ends)
    {
        if (b.Type.Shape[-1] < FusedColumns) throw call.Unsupported($"it multiplies by {b.Type}");
        return call.Emit(new GroupedMatMul(RunOf(a.Type.Shape[-1]), IsTurned(call, b)), a, b, ends);
    }

    // Runs of 192 products; where that makes less than two, two halves, and what is left of an odd number.
    private static int RunOf(int depth) => depth >= 2 * Run ? Run : depth > Run ? depth / 2 : Math.Max(1, depth);

    private static Value Fused(TorchCall call, Value a, Value b, Value? addend)
    {
        int depth = a.Type.Shape[-1], run = RunOf(depth);
        // Sums of one run are the same from either side.
        return depth <= Run ? Plus(call, call.Emit(new BatchMatMul(run), a, b), addend) : call.Emit(new BatchMatMul(run), a, b, Fitted(call, a, b, addend));
    }

    private static Value InOrder(TorchCall call, Value a, Value b, Value? addend, int? place = null) =>
        call.Emit(new BatchMatMul(MatMulOrder.Columns, place is { } at ? 4 + (at & 3) : 0), a, b, Fitted(call, a, b, addend));

    private static Value Plus(TorchCall call, Value product, Value? addend) => addend is null ? product : call.Emit(new Binary(BinaryKind.Add), addend, product);

    // An addend as the operator takes it: a row, or all.
    private static Value? Fitted(TorchCall call, Value a, Value b, Value? addend)
    {
        if (addend is null || addend.Type.Shape is { Rank: 1 } row && row[0] == b.Type.Shape[-1]) return addend;
        var batch = Shape.Broadcast(new Shape(a.Type.Shape.Span[..^2]), new Shape(b.Type.Shape.Span[..^2])) ?? throw call.Malformed($"multiplies {a.Type} and {b.Type}");
        var shape = new Shape([.. batch.Span, a.Type.Shape[-2], b.Type.Shape[-1]]);
        return addend.Type.Shape.Equals(shape) ? addend : call.Emit(new BroadcastTo(shape), addend);
    }

    // Whether a matrix is handed over as the transpose that it is in memory. Leading axes that are none together are copied first, and so are matrices of other strides.
    private static bool IsTurned(TorchCall call, Value value)
    {
        var shape = value.Type.Shape;
        long[] strides = call.Formats.Layout(value).Strides;
        if (!IsOneBatch(shape, strides)) return false;
        return !(strides[^1] == 1 && strides[^2] >= Math.Max(1, shape[-1])) && strides[^2] == 1 && strides[^1] >= Math.Max(1, shape[-2]);
    }

    // Where rows begin, as the operator takes it.
    private static int Alignment(TorchCall call, Value value)
    {
        var shape = value.Type.Shape;
        var (first, strides) = call.Formats.Layout(value);
        bool isSeen = IsOneBatch(shape, strides) && strides[^1] == 1 && strides[^2] >= shape[-1];
        long row = isSeen ? strides[^2] : shape[-1], batch = isSeen ? Enumerable.Range(0, shape.Rank - 2).Where(i => shape[i] > 1).Select(i => strides[i]).LastOrDefault() : (long)shape[-1] * shape[-2];
        return (int)((row & 3) | (batch & 3) << 2 | (isSeen ? first & 3 : 0) << 4);
    }

    // Whether the leading axes are one in memory.
    private static bool IsOneBatch(Shape shape, long[] strides)
    {
        int[] leading = [.. Enumerable.Range(0, shape.Rank - 2).Where(a => shape[a] > 1)];
        return leading.Zip(leading.Skip(1)).All(p => strides[p.First] == strides[p.Second] * shape[p.Second]);
    }
}
