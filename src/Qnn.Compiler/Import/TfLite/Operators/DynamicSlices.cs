using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Parts of a tensor that begin where is computed at run time: looked up, or written, by the indices of their rows. Axes at the end that the part has as a whole make a row.</summary>
internal static class DynamicSlices
{
    private const int MostIndices = 1 << 22;

    /// <summary>A part of the data. Elements that lie outside are zeros; with <paramref name="clamps"/> the part is moved so that none does.</summary>
    /// <param name="node">The node.</param>
    /// <param name="data">The data.</param>
    /// <param name="begin">The first index of each axis: int32 or int64 [rank].</param>
    /// <param name="part">The part's shape.</param>
    /// <param name="clamps">Whether the part is moved into the data.</param>
    public static Value Read(TfLiteNode node, Value data, Value begin, Shape part, bool clamps)
    {
        var shape = data.Type.Shape;
        int axes = OuterAxes(node, shape, begin, part);
        if (axes == 0) return data;
        var rows = node.Move(new GatherNd(), data, Indices(node, shape, begin, part, axes, clamps));
        return node.Reshape(rows, part.Span);
    }

    /// <summary>The operator and operands that put an update into data, moved so that it fits.</summary>
    /// <param name="node">The node.</param>
    /// <param name="data">The data.</param>
    /// <param name="update">What goes into them.</param>
    /// <param name="begin">The first index of each axis: int32 or int64 [rank].</param>
    public static (Operator Op, Value[] Operands) Write(TfLiteNode node, Value data, Value update, Value begin)
    {
        Shape shape = data.Type.Shape, part = update.Type.Shape;
        int axes = OuterAxes(node, shape, begin, part);
        if (axes == 0) return (new Ir.Operators.Reshape(shape), [update]);
        return (new ScatterNd(shape, ScatterReduction.None), [Indices(node, shape, begin, part, axes, clamps: true), update, data]);
    }

    private static int OuterAxes(TfLiteNode node, Shape shape, Value begin, Shape part)
    {
        if (begin.Type.Element is not (ElementType.S32 or ElementType.S64) || begin.Type.Shape.ElementCount != shape.Rank) throw node.Malformed($"begins at {begin.Type} in {shape}");
        if (part.Rank != shape.Rank || Enumerable.Range(0, shape.Rank).Any(axis => part[axis] > shape[axis])) throw node.Malformed($"has a part {part} of {shape}");
        int axes = shape.Rank;
        while (axes > 0 && part[axes - 1] == shape[axes - 1]) axes--;
        return axes;
    }

    // [rows, axes]: the begin, and where in the part a row is.
    private static Value Indices(TfLiteNode node, Shape shape, Value begin, Shape part, int axes, bool clamps)
    {
        var outer = new Shape(part.Span[..axes]);
        if ((long)outer.ElementCount * axes > MostIndices) throw node.Unsupported($"its part {part} of {shape}, which begins where is computed at run time, has too many rows");
        var strides = outer.Strides();
        var grid = new int[outer.ElementCount * axes];
        for (int i = 0; i < grid.Length; i++) grid[i] = i / axes / strides[i % axes] % outer[i % axes];
        var first = node.Emit(Ir.Operators.StridedSlice.OfAxis(new Shape(shape.Rank), 0, 0, axes), node.Reshape(begin, shape.Rank));
        if (clamps)
        {
            long[] most = [.. Enumerable.Range(0, axes).Select(axis => (long)shape[axis] - part[axis])];
            first = node.Emit(new Binary(BinaryKind.Maximum), first, Numbers(node, "least", first.Type.Element, new Shape(axes), [.. most.Select(_ => 0L)]));
            first = node.Emit(new Binary(BinaryKind.Minimum), first, Numbers(node, "most", first.Type.Element, new Shape(axes), most));
        }
        return node.Emit(new Binary(BinaryKind.Add), Numbers(node, "grid", first.Type.Element, new Shape(outer.ElementCount, axes), [.. grid.Select(i => (long)i)]), first);
    }

    private static Value Numbers(TfLiteNode node, string name, ElementType element, Shape shape, long[] values) =>
        node.AddConstant(name, element == ElementType.S64 ? Ir.Tensor.Of<long>(shape, values) : Ir.Tensor.Of<int>(shape, [.. values.Select(v => (int)v)]));
}
