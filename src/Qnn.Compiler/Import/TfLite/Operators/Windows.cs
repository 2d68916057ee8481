using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>DILATE and REDUCE_WINDOW: windows of any axes. A window is reduced element by element in row-major order, each the same slice of the data for all windows at once.</summary>
internal static class Windows
{
    private const long MostElements = 4096;

    /// <summary>Puts a value between elements: d - 1 times along an axis with dilation d.</summary>
    [TfLiteOperator(BuiltinOperator.DILATE)]
    public static void ImportDilate(TfLiteNode node)
    {
        var data = node.Input(0);
        var value = Scalar(node, node.Constant(2, "the value"), data);
        var dilated = Dilate(node, data, node.ConstantInts(1, "the dilations", data.Type.Shape.Rank), value);
        node.EmitResult(new Ir.Operators.Reshape(dilated.Type.Shape), dilated);
    }

    [TfLiteOperator(BuiltinOperator.REDUCE_WINDOW)]
    public static void ImportReduceWindow(TfLiteNode node)
    {
        var data = node.Input(0);
        int rank = data.Type.Shape.Rank;
        bool isBool = data.Type.Element == ElementType.Bool;
        var kind = node.Options<ReduceWindowOptions>().ReduceFunction switch
        {
            ReduceWindowFunction.ADD => BinaryKind.Add,
            ReduceWindowFunction.MUL => BinaryKind.Multiply,
            ReduceWindowFunction.MINIMUM => BinaryKind.Minimum,
            ReduceWindowFunction.MAXIMUM => BinaryKind.Maximum,
            ReduceWindowFunction.ALL when isBool => BinaryKind.LogicalAnd,
            ReduceWindowFunction.ANY when isBool => BinaryKind.LogicalOr,
            var other => throw node.Unsupported($"it reduces {data.Type.Element.Name()} by {other}"),
        };
        Reduce(node, kind, data, node.Input(1), node.ConstantInts(2, "the window", rank), node.ConstantInts(3, "the strides", rank), node.ConstantInts(4, "the dilations", rank));
    }

    /// <summary>Makes the node's result by reducing windows that lie in the data, from an initial value on.</summary>
    public static void Reduce(TfLiteNode node, BinaryKind kind, Value data, Value initial, int[] window, int[] strides, int[] dilations)
    {
        var shape = data.Type.Shape;
        if (initial.Type.Shape.ElementCount != 1 || initial.Type.Element != data.Type.Element) throw node.Malformed($"reduces {data.Type} from {initial.Type} on");
        if (window.Concat(strides).Concat(dilations).Any(v => v < 1)) throw node.Malformed($"has a window of {new Ints(window)} with strides {new Ints(strides)} and dilations {new Ints(dilations)}");
        long count = 1;
        var extents = new int[shape.Rank];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            long inside = shape[axis] - ((window[axis] - 1L) * dilations[axis] + 1);
            if (inside < 0) throw node.Malformed($"has a window of {new Ints(window)} in {shape}");
            extents[axis] = (int)(inside / strides[axis]) + 1;
            if ((count *= window[axis]) > MostElements) throw node.Unsupported($"its window has more than {MostElements} elements");
        }
        var places = new Shape(window).Strides();
        var result = node.Reshape(initial);
        for (int i = 0; i < count; i++)
        {
            int[] begin = [.. Enumerable.Range(0, extents.Length).Select(axis => i / places[axis] % window[axis] * dilations[axis])];
            var part = node.Move(new Ir.Operators.StridedSlice(new Ints(begin), new Ints(strides), new Shape(extents)), data);
            result = i < count - 1 ? node.Emit(new Binary(kind), result, part) : node.EmitResult(new Binary(kind), result, part);
        }
    }

    /// <summary>Data with a value between its elements.</summary>
    public static Value Dilate(TfLiteNode node, Value data, int[] dilations, double value)
    {
        for (int axis = 0; axis < dilations.Length; axis++)
        {
            int dilation = dilations[axis], extent = data.Type.Shape[axis];
            if (dilation < 1) throw node.Malformed($"has dilations {new Ints(dilations)}");
            if (dilation == 1 || extent < 2) continue;
            int[] outer = [.. data.Type.Shape.Span[..axis]], inner = [.. data.Type.Shape.Span[(axis + 1)..]];
            long dilated = (long)extent * dilation;
            if (dilated > int.MaxValue) throw node.Malformed($"dilates {data.Type.Shape} by {new Ints(dilations)}");
            // Each element is a row, which gets elements after it; those after the last go.
            var rows = node.Reshape(data, [.. outer, extent, 1, .. inner]);
            var after = new int[rows.Type.Shape.Rank];
            after[axis + 1] = dilation - 1;
            rows = node.Reshape(node.Move(new Ir.Operators.Pad(new Ints(new int[after.Length]), new Ints(after), value), rows), [.. outer, (int)dilated, .. inner]);
            data = node.Move(Ir.Operators.StridedSlice.OfAxis(rows.Type.Shape, axis, 0, (int)dilated - dilation + 1), rows);
        }
        return data;
    }

    /// <summary>Data with a value between elements, then before and after; less than 0 of the latter cut elements off.</summary>
    public static Value Surrounded(TfLiteNode node, Value data, int[] low, int[] high, int[] dilations, double value)
    {
        data = Dilate(node, data, dilations, value);
        data = node.Move(new Ir.Operators.Pad(new Ints([.. low.Select(l => Math.Max(l, 0))]), new Ints([.. high.Select(h => Math.Max(h, 0))]), value), data);
        int[] begin = [.. low.Select(l => Math.Max(-l, 0))], extents = [.. data.Type.Shape.Select((extent, axis) => extent - begin[axis] - Math.Max(-high[axis], 0))];
        if (extents.Any(e => e < 0)) throw node.Malformed($"cuts {new Ints(low)} and {new Ints(high)} off {data.Type.Shape}");
        return node.Move(StridedSlice.Contiguous(begin, new Shape(extents)), data);
    }

    /// <summary>The number that surrounds data, as it stands in memory.</summary>
    public static double Scalar(TfLiteNode node, Ir.Tensor value, Value data)
    {
        if (value.Type.Shape.ElementCount != 1 || value.Type.Element != data.Type.Element) throw node.Malformed($"surrounds {data.Type} with {value.Type}");
        return value.Type.Element switch
        {
            ElementType.F16 => (double)value.Span<Half>()[0],
            ElementType.F32 => value.Span<float>()[0],
            ElementType.F64 => value.Span<double>()[0],
            _ => value.ToInt64()[0],
        };
    }
}
