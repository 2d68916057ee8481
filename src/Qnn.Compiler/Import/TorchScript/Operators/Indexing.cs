using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Elements by their indices, and orders of elements.</summary>
internal static class Indexing
{
    /// <summary>(data, dim, index): y[i, j, k] = data[i, index[i, j, k], k], for the axis 1 of three.</summary>
    [TorchOperator("aten::gather")]
    public static object? Gather(TorchCall call)
    {
        var data = call.Tensor(0);
        if (data.Type.Quantization is { IsPerChannel: true }) throw call.Unsupported("its data is quantized per channel");
        return call.EmitQuantized(new Gather(0), data.Type.Quantization, call.Reshape(data, data.Type.Shape.ElementCount), Places(call, data.Type.Shape, call.Long(1, "dim"), call.Tensor(2, "index")));
    }

    /// <summary>(data, dim, index, src or value): data, but y[i, index[i, j, k], k] = src[i, j, k], for the axis 1 of three.</summary>
    [TorchOperator("aten::scatter")]
    public static object? Scatter(TorchCall call)
    {
        var (data, index) = (call.Tensor(0), call.Tensor(2, "index"));
        var source = call.OptionalTensor(3, "src") ?? call.Tensor(3, "value");
        if (call.Count > 4 || data.Type.Quantization is not null) throw call.Unsupported("it reduces, or its data is quantized");
        int count = index.Type.Shape.ElementCount;
        if (source.Type.Element != data.Type.Element) source = call.Emit(new Cast(data.Type.Element), source);
        var updates = source.Type.Shape.ElementCount == 1 ? call.Emit(new BroadcastTo(new Shape(count)), source) : call.Reshape(source, count);
        var places = call.Reshape(Places(call, data.Type.Shape, call.Long(1, "dim"), index), count, 1);
        var all = new Shape(data.Type.Shape.ElementCount);
        var result = call.Emit(new ScatterNd(all, ScatterReduction.None), places, updates, call.Reshape(data, all.Span));
        return call.Reshape(result, data.Type.Shape.Span);
    }

    /// <summary>(data, dim, descending): the elements in order, and their indices. Equal elements keep their order.</summary>
    [TorchOperator("aten::sort")]
    public static object? Sort(TorchCall call) => Sorted(call);

    [TorchOperator("aten::argsort")]
    public static object? ArgSort(TorchCall call) => Sorted(call)[1];

    /// <summary>(indices, num_classes): 1 at an index, 0 elsewhere.</summary>
    [TorchOperator("aten::one_hot")]
    public static object? OneHot(TorchCall call)
    {
        var indices = call.Tensor(0);
        int classes = call.Int(1, "num_classes", -1);
        if (classes <= 0) throw call.Unsupported("its count of classes depends on its data");
        var numbers = TorchCall.Constant(Tensor.Of<long>(new Shape(classes), [.. Enumerable.Range(0, classes).Select(i => (long)i)]));
        return call.Emit(new Cast(ElementType.S64), call.Emit(new Compare(CompareKind.Equal), call.Reshape(call.Emit(new Cast(ElementType.S64), indices), [.. indices.Type.Shape, 1]), numbers));
    }

    [TorchOperator("aten::tril")]
    public static object? Lower(TorchCall call) => Triangle(call, (row, column, diagonal) => column - row <= diagonal);

    [TorchOperator("aten::triu")]
    public static object? Upper(TorchCall call) => Triangle(call, (row, column, diagonal) => column - row >= diagonal);

    private static Value Triangle(TorchCall call, Func<int, int, long, bool> isKept)
    {
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        if (shape.Rank < 2 || data.Type.Quantization is not null) throw call.Unsupported($"it takes a triangle of {data.Type}");
        long diagonal = call.Long(1, "diagonal", 0);
        var mask = TorchCall.Constant(Tensor.Of<bool>(new Shape(shape[-2], shape[-1]), [.. Enumerable.Range(0, shape[-2] * shape[-1]).Select(i => isKept(i / shape[-1], i % shape[-1], diagonal))]));
        var zero = data.Type.Element == ElementType.F32 ? TorchCall.Constant(0f) : call.Emit(new Cast(data.Type.Element), TorchCall.Constant(0L));
        return call.Emit(new Select(), mask, data, zero);
    }

    private static object?[] Sorted(TorchCall call)
    {
        // There is a form with a flag for stability in front of the axis.
        bool stable = call.Argument(1) is bool or null && call.Count > 2;
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(stable ? 2 : 1, "dim", -1), rank);
        bool descending = call.Flag(stable ? 3 : 2, "descending");
        if (!descending && data.Type.Element is ElementType.U8 or ElementType.S8) throw call.Unsupported($"it sorts {data.Type} from the least");
        int[] order = [.. Enumerable.Range(0, rank)];
        if (rank > 0) (order[axis], order[^1]) = (order[^1], order[axis]);
        var rows = call.Permute(data, order);
        if (!descending) rows = call.Emit(new Unary(UnaryKind.Negate), rows);
        var results = call.EmitSeveral(new TopK(Math.Max(1, data.Type.Shape[axis])), [data.Type.Quantization, null], rows);
        var values = descending ? results[0] : call.Emit(new Unary(UnaryKind.Negate), results[0]);
        return [call.Permute(values, order), call.Permute(call.Emit(new Cast(ElementType.S64), results[1]), order)];
    }

    // Where elements along an axis lie in a flat tensor.
    private static Value Places(TorchCall call, Shape shape, long dim, Value index)
    {
        int axis = call.Axis(dim, shape.Rank);
        var taken = index.Type.Shape;
        if (taken.Rank != shape.Rank || shape.Rank == 0 || taken.Select((e, a) => a != axis && e > shape[a]).Any(wrong => wrong)) throw call.Malformed($"looks {index.Type} up in {shape}");
        if (index.Constant is { } constant && constant.ToInt64().Any(i => i < 0 || i >= shape[axis])) throw call.Malformed("looks up what is not there");
        int[] strides = shape.Strides();
        var places = call.Emit(new Binary(BinaryKind.Multiply), index.Type.Element == ElementType.S64 ? index : call.Emit(new Cast(ElementType.S64), index), TorchCall.Constant((long)strides[axis]));
        for (int a = 0; a < shape.Rank; a++)
        {
            if (a == axis || taken[a] == 1) continue;
            int[] extents = [.. Enumerable.Repeat(1, shape.Rank)];
            extents[a] = taken[a];
            places = call.Emit(new Binary(BinaryKind.Add), places, TorchCall.Constant(Tensor.Of<long>(new Shape(extents), [.. Enumerable.Range(0, taken[a]).Select(i => (long)i * strides[a])])));
        }
        return places;
    }
}
