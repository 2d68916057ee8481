using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Elements by their indices, and orders of elements.</summary>
internal static class Indexing
{
    // Of a single row, from which on at::sort has another algorithm.
    private const int ManyNumbers = 32768;

    /// <summary>(data, dim, index): y[i, j, k] = data[i, index[i, j, k], k], for the axis 1 of three.</summary>
    [TorchOperator("aten::gather")]
    public static object? Gather(TorchCall call)
    {
        var data = call.Tensor(0);
        if (data.Type.Quantization is { IsPerChannel: true }) throw call.Unsupported("its data is quantized per channel");
        return call.EmitQuantized(new Gather(0), data.Type.Quantization, call.Reshape(data, data.Type.Shape.ElementCount), Places(call, data.Type.Shape, call.Long(1, "dim"), call.Tensor(2, "index")));
    }

    /// <summary>(data, places): elements at lists of places along one axis or several, which broadcast; a mask stands for the places where it holds.</summary>
    [TorchOperator("aten::index")]
    public static object? Index(TorchCall call)
    {
        var data = call.Tensor(0);
        if (Taken(call, data) is not var (flat, places, axis, _)) return data;
        return call.EmitQuantized(new Gather(axis), Shaping.PerTensor(call, data), flat, places);
    }

    /// <summary>(data, places, values, accumulate): data with other elements at places, or where a mask holds; or the sum of both.</summary>
    [TorchOperator("aten::index_put", "aten::_index_put_impl")]
    public static object? IndexPut(TorchCall call)
    {
        var data = call.Tensor(0);
        if (data.Type.Quantization is not null) throw call.Unsupported("its data is quantized");
        var values = call.Tensor(2);
        if (values.Type.Element != data.Type.Element) values = call.Emit(new Cast(data.Type.Element), values);
        if (Places(call) is [Value { Type.Element: ElementType.Bool, Constant: null } mask])
        {
            if (values.Type.Shape.ElementCount != 1 || mask.Type.Shape.Rank > data.Type.Shape.Rank) throw call.Unsupported("it puts a number of values that is known at run time only");
            var wide = call.Reshape(mask, [.. mask.Type.Shape, .. Enumerable.Repeat(1, data.Type.Shape.Rank - mask.Type.Shape.Rank)]);
            var changed = call.Flag(3, "accumulate") ? call.Emit(new Binary(BinaryKind.Add), data, call.Reshape(values)) : call.Reshape(values);
            return call.Emit(new Select(), wide, changed, data);
        }
        if (Taken(call, data) is not var (flat, places, axis, order)) return call.Emit(new BroadcastTo(data.Type.Shape), values);
        int[] extents = flat.Type.Shape.ToArray();
        int count = places.Type.Shape.Rank;
        // The looked-up axis goes to the front, of the values as well.
        var all = call.Emit(new BroadcastTo(call.ShapeOf([.. extents[..axis], .. places.Type.Shape, .. extents[(axis + 1)..]])), values);
        all = call.Permute(all, [.. Enumerable.Range(axis, count), .. Enumerable.Range(0, axis), .. Enumerable.Range(axis + count, extents.Length - axis - 1)]);
        int[] front = [axis, .. Enumerable.Range(0, extents.Length).Where(a => a != axis)];
        var target = call.Permute(flat, front);
        var scattered = call.Emit(new ScatterNd(target.Type.Shape, call.Flag(3, "accumulate") ? ScatterReduction.Add : ScatterReduction.None), call.Reshape(places, [.. places.Type.Shape, 1]), all, target);
        var back = call.Reshape(call.Permute(scattered, [.. Enumerable.Range(0, extents.Length).Select(a => Array.IndexOf(front, a))]), [.. order.Select(a => data.Type.Shape[a])]);
        return call.Permute(back, [.. Enumerable.Range(0, order.Length).Select(a => Array.IndexOf(order, a))]);
    }

    /// <summary>(data, dim, index, src or value, reduce): data, but y[i, index[i, j, k], k] = src[i, j, k], for the axis 1 of three; or what both make.</summary>
    [TorchOperator("aten::scatter", "aten::scatter_add")]
    public static object? Scatter(TorchCall call)
    {
        var (data, places, updates) = Scattered(call, call.OptionalTensor(3, "src") ?? call.Tensor(3, "value"));
        var reduction = call.Operator == "aten::scatter_add" ? ScatterReduction.Add : (call.Text(4, "reduce") ?? "none") switch
        {
            "none" => ScatterReduction.None,
            "add" => ScatterReduction.Add,
            "multiply" => ScatterReduction.Multiply,
            var other => throw call.Unsupported($"it reduces by '{other}'"),
        };
        return call.Reshape(call.Emit(new ScatterNd(data.Type.Shape, reduction), places, updates, data), call.Tensor(0).Type.Shape.Span);
    }

    /// <summary>(data, dim, index, src, reduce, include_self): what is at a place and all that comes to it; without itself, what comes to it, if something does.</summary>
    [TorchOperator("aten::scatter_reduce")]
    public static object? ScatterReduced(TorchCall call)
    {
        var (data, places, updates) = Scattered(call, call.Tensor(3, "src"));
        return call.Reshape(Reduced(call, data, places, updates, call.Text(4, "reduce"), call.Flag(5, "include_self", true)), call.Tensor(0).Type.Shape.Span);
    }

    /// <summary>ScatterNd by a reduction of the name that scatter_reduce and index_reduce have for it.</summary>
    public static Value Reduced(TorchCall call, Value data, Value places, Value updates, string? name, bool includesSelf)
    {
        var reduction = name switch
        {
            "sum" or "mean" => ScatterReduction.Add,
            "prod" => ScatterReduction.Multiply,
            "amax" => ScatterReduction.Max,
            "amin" => ScatterReduction.Min,
            var other => throw call.Unsupported($"it reduces by '{other}'"),
        };
        var element = data.Type.Element;
        if (element is not (ElementType.F32 or ElementType.S64 or ElementType.S32)) throw call.Unsupported($"it has data {data.Type}");
        Value Put(ScatterReduction by, Value into, Value what) => call.Emit(new ScatterNd(into.Type.Shape, by), places, what, into);
        Value All(Value like, double number) => call.Emit(new BroadcastTo(like.Type.Shape), Number(number));
        Value Number(double number) => element == ElementType.F32 ? TorchCall.Constant((float)number) : element == ElementType.S64 ? TorchCall.Constant((long)number) : TorchCall.Constant(Tensor.Scalar((int)(long)number));
        if (!includesSelf)
        {
            // What is there gives way to what changes nothing.
            var least = element switch { ElementType.F32 => double.NegativeInfinity, ElementType.S64 => long.MinValue, _ => int.MinValue };
            var nothing = reduction switch
            {
                ScatterReduction.Multiply => Number(1),
                ScatterReduction.Max => Number(least),
                ScatterReduction.Min => element == ElementType.S64 ? TorchCall.Constant(long.MaxValue) : Number(element == ElementType.F32 ? double.PositiveInfinity : int.MaxValue),
                _ => Number(0),
            };
            data = Put(ScatterReduction.None, data, call.Emit(new BroadcastTo(updates.Type.Shape), nothing));
        }
        var result = Put(reduction, data, updates);
        if (name != "mean") return result;
        var counts = Put(ScatterReduction.Add, All(data, includesSelf ? 1 : 0), All(updates, 1));
        if (!includesSelf) counts = call.Emit(new Binary(BinaryKind.Maximum), counts, Number(1));
        return call.Emit(new Binary(element == ElementType.F32 ? BinaryKind.Divide : BinaryKind.FloorDivide), result, counts);
    }

    // Data as one row, and the places in it and the elements that come to them.
    private static (Value Data, Value Places, Value Updates) Scattered(TorchCall call, Value source)
    {
        var (data, index) = (call.Tensor(0), call.Tensor(2, "index"));
        if (data.Type.Quantization is not null) throw call.Unsupported("its data is quantized");
        int count = index.Type.Shape.ElementCount;
        // A source may be larger than the places.
        for (int a = 0; a < source.Type.Shape.Rank && source.Type.Shape.Rank == index.Type.Shape.Rank; a++) source = Shaping.Along(call, source, a, 0, 1, Math.Min(source.Type.Shape[a], index.Type.Shape[a]));
        if (source.Type.Element != data.Type.Element) source = call.Emit(new Cast(data.Type.Element), source);
        var updates = source.Type.Shape.ElementCount == 1 ? call.Emit(new BroadcastTo(new Shape(count)), source) : call.Reshape(source, count);
        return (call.Reshape(data, data.Type.Shape.ElementCount), call.Reshape(Places(call, data.Type.Shape, call.Long(1, "dim"), index), count, 1), updates);
    }

    /// <summary>(data, dim, descending) or (data, stable, dim, descending): the elements in order, and their indices. Equal elements keep their order where that is asked for, else come as std::sort leaves them.</summary>
    [TorchOperator("aten::sort")]
    public static object? Sort(TorchCall call) => Sorted(call);

    [TorchOperator("aten::argsort")]
    public static object? ArgSort(TorchCall call) => Sorted(call)[1];

    [TorchOperator("aten::msort")]
    public static object? SortFirstAxis(TorchCall call) => Sorted(call.With(call.Tensor(0), 0L))[0];

    /// <summary>(data, k, dim, keepdim) or, for the middle element, of two the less, (data, dim, keepdim): the k-th least elements and their places.</summary>
    [TorchOperator("aten::kthvalue", "aten::median")]
    public static object? KthValue(TorchCall call)
    {
        bool middle = call.Operator == "aten::median";
        var data = call.Tensor(0);
        if (middle && call.Argument(1, "dim") is null) data = call.Reshape(data, data.Type.Shape.ElementCount);
        int rank = data.Type.Shape.Rank, first = middle ? 1 : 2, axis = call.Axis(call.Long(first, "dim", -1), rank), extent = rank == 0 ? 1 : data.Type.Shape[axis];
        int k = middle ? (extent + 1) / 2 : call.Int(1, "k");
        if (k < 1 || k > extent) throw call.Malformed($"takes the element {k} of {extent}");
        object?[] results = [.. Sorted(call.With(data, true, (long)axis, false)).Select(sorted => (object?)Kept(Shaping.Along(call, (Value)sorted!, axis, k - 1, 1, 1)))];
        return middle && call.Argument(1, "dim") is null ? results[0] : results;

        Value Kept(Value part) => call.Flag(first + 1, "keepdim") ? part : call.Reshape(part, [.. part.Type.Shape.Where((_, a) => a != axis)]);
    }

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
        bool form = call.Argument(1) is bool or null && call.Count > 2, stable = form ? call.Flag(1) : call.Argument(-1, "stable") is true;
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(form ? 2 : 1, "dim", -1), rank);
        bool descending = call.Flag(form ? 3 : 2, "descending");
        if (rank == 0) return [data, TorchCall.Constant(0L)];
        // Many integers are sorted digit by digit.
        stable |= rank == 1 && !descending && data.Type.Shape[0] >= ManyNumbers && data.Type.Element is not (ElementType.F32 or ElementType.Bool);
        int[] order = [.. Enumerable.Range(0, rank)];
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var rows = call.Permute(data, order);
        // Small integers are negated as wider ones.
        var element = data.Type.Element;
        bool isNarrow = element is ElementType.Bool || !descending && element is ElementType.U8 or ElementType.S8 or ElementType.S16;
        if (isNarrow) rows = call.Emit(new Cast(ElementType.S32), element is ElementType.U8 or ElementType.S8 && data.Type.Quantization is not null ? call.Emit(new Reshape(rows.Type.Shape), rows) : rows);
        Value Turned(Value value) => descending ? value : call.Emit(new Unary(UnaryKind.Negate), value);
        var results = call.EmitSeveral(new TopK(Math.Max(1, data.Type.Shape[axis]), stable ? TopKOrder.First : TopKOrder.TorchSort), [isNarrow ? null : data.Type.Quantization, null], Turned(rows));
        var values = Turned(results[0]);
        if (isNarrow) values = call.Emit(new Cast(element), values);
        if (isNarrow && data.Type.Quantization is not null) values = call.EmitQuantized(new Reshape(values.Type.Shape), data.Type.Quantization, values);
        return [call.Permute(values, order), call.Permute(call.Emit(new Cast(ElementType.S64), results[1]), order)];
    }

    private static object?[] Places(TorchCall call) => call.Argument(1) switch { TorchList list => [.. list.Items], object?[] tuple => tuple, _ => throw call.Malformed("lacks its places") };

    // Data whose indexed axes are one, the places on it, and that axis: the first of them, or 0 where they do not follow each other; and the order of the axes before they were one. Null without any.
    private static (Value Data, Value Places, int Axis, int[] Order)? Taken(TorchCall call, Value data)
    {
        List<Value?> places = [];
        foreach (object? item in Places(call))
        {
            if (item is Value { Type.Element: ElementType.Bool } mask) places.AddRange(TrueAt(call, mask));
            else places.Add(item is null ? null : item as Value ?? throw call.Malformed("has places that are no tensors"));
        }
        int rank = data.Type.Shape.Rank;
        int[] axes = [.. Enumerable.Range(0, places.Count).Where(a => places[a] is not null)];
        if (axes.Length == 0) return null;
        if (places.Count > rank || axes.Any(a => places[a]!.Type.Element is not (ElementType.S64 or ElementType.S32))) throw call.Unsupported($"it takes {string.Join(", ", axes.Select(a => places[a]!.Type))} of {data.Type}");
        int first = axes[^1] - axes[0] == axes.Length - 1 ? axes[0] : 0;
        int[] rest = [.. Enumerable.Range(0, rank).Except(axes)];
        int[] order = [.. rest[..first], .. axes, .. rest[first..]];
        data = call.Permute(data, order);
        int[] extents = data.Type.Shape.ToArray();
        Value? flat = null;
        for (int i = 0; i < axes.Length; i++)
        {
            int extent = extents[first + i];
            var at = Wrapped(call, places[axes[i]]!, extent);
            flat = flat is null ? at : call.Emit(new Binary(BinaryKind.Add), call.Emit(new Binary(BinaryKind.Multiply), flat, TorchCall.Constant((long)extent)), at);
        }
        int indexed = extents[first..(first + axes.Length)].Aggregate(1, (n, e) => n * e);
        return (call.Reshape(data, [.. extents[..first], indexed, .. extents[(first + axes.Length)..]]), flat!, first, order);
    }

    /// <summary>Places along an axis as s64; constant ones that are negative count from its end.</summary>
    public static Value Wrapped(TorchCall call, Value places, int extent)
    {
        if (places.Type.Element != ElementType.S64) places = call.Emit(new Cast(ElementType.S64), places);
        if (places.Constant is not { } constant) return places;
        long[] numbers = constant.ToInt64();
        if (numbers.Any(n => n < -extent || n >= extent)) throw call.Malformed($"looks up what is not among {extent}");
        return TorchCall.Constant(Tensor.Of<long>(places.Type.Shape, [.. numbers.Select(n => n < 0 ? n + extent : n)]));
    }

    /// <summary>Along each axis the places where a constant mask holds.</summary>
    public static IEnumerable<Value> TrueAt(TorchCall call, Value mask)
    {
        if (mask.Constant is not { } constant) throw call.Unsupported("the number of its results is known at run time only");
        long[] flags = constant.ToInt64();
        int[] set = [.. Enumerable.Range(0, flags.Length).Where(i => flags[i] != 0)], strides = mask.Type.Shape.Strides();
        return strides.Select((stride, a) => TorchCall.Constant(Tensor.Of<long>(new Shape(set.Length), [.. set.Select(i => (long)(i / stride % mask.Type.Shape[a]))])));
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
