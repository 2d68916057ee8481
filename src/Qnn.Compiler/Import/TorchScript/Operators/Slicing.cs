using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Slices that are written or added at places along an axis, elements by their place among all, and what is found by constant masks and bounds.</summary>
internal static class Slicing
{
    /// <summary>(data, dim, index, source, alpha): alpha * source is added to the slices that the index names, one after the other.</summary>
    [TorchOperator("aten::index_add")]
    public static object? Add(TorchCall call)
    {
        var source = call.Tensor(3, "source");
        double alpha = call.Real(4, "alpha", 1);
        if (alpha != 1) source = call.Emit(new Binary(BinaryKind.Multiply), source, TorchCall.Constant((float)alpha));
        return Written(call, source, ScatterReduction.Add);
    }

    /// <summary>(data, dim, index, source)</summary>
    [TorchOperator("aten::index_copy")]
    public static object? Copy(TorchCall call) => Written(call, call.Tensor(3, "source"), ScatterReduction.None);

    /// <summary>(data, dim, index, source, reduce, include_self)</summary>
    [TorchOperator("aten::index_reduce")]
    public static object? Reduce(TorchCall call) => Written(call, call.Tensor(3, "source"), (data, places, updates) => Indexing.Reduced(call, data, places, updates, call.Text(4, "reduce"), call.Flag(5, "include_self", true)));

    /// <summary>(data, dim, index, value)</summary>
    [TorchOperator("aten::index_fill")]
    public static object? Fill(TorchCall call)
    {
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(1), data.Type.Shape.Rank);
        int[] extents = data.Type.Shape.ToArray();
        if (extents.Length == 0) throw call.Malformed("fills slices of a tensor without axes");
        extents[axis] = call.Tensor(2).Type.Shape.ElementCount;
        var value = call.Tensor(3, "value");
        if (value.Type.Element != data.Type.Element) value = call.Emit(new Cast(data.Type.Element), value);
        return Written(call, call.Emit(new BroadcastTo(call.ShapeOf(extents)), call.Reshape(value)), ScatterReduction.None);
    }

    /// <summary>(data, index): elements by their places among all.</summary>
    [TorchOperator("aten::take")]
    public static object? Take(TorchCall call)
    {
        var data = call.Tensor(0);
        int count = data.Type.Shape.ElementCount;
        return call.EmitQuantized(new Gather(0), Shaping.PerTensor(call, data), call.Reshape(data, count), Indexing.Wrapped(call, call.Tensor(1), count));
    }

    /// <summary>(data, index, dim): gather, both broadcast along the other axes.</summary>
    [TorchOperator("aten::take_along_dim")]
    public static object? TakeAlong(TorchCall call)
    {
        Value data = call.Tensor(0), index = call.Tensor(1);
        if (call.Argument(2, "dim") is null) return Indexing.Gather(call.With(call.Reshape(data, data.Type.Shape.ElementCount), 0L, call.Reshape(index, index.Type.Shape.ElementCount)));
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(2, "dim"), rank);
        if (index.Type.Shape.Rank != rank) throw call.Malformed($"looks {index.Type} up in {data.Type}");
        int[] Common(Shape own) => [.. own.Select((e, a) => a == axis ? e : Math.Max(data.Type.Shape[a], index.Type.Shape[a]))];
        Value Wide(Value value) => Common(value.Type.Shape).SequenceEqual(value.Type.Shape.ToArray()) ? value : call.EmitQuantized(new BroadcastTo(call.ShapeOf(Common(value.Type.Shape))), Shaping.PerTensor(call, value), value);
        return Indexing.Gather(call.With(Wide(data), (long)axis, Wide(index)));
    }

    /// <summary>(data, mask): the elements where a constant mask holds.</summary>
    [TorchOperator("aten::masked_select")]
    public static object? Masked(TorchCall call)
    {
        var data = call.Tensor(0);
        var (wide, places) = Places(call, data);
        return call.EmitQuantized(new Gather(0), Shaping.PerTensor(call, data), call.Reshape(wide, wide.Type.Shape.ElementCount), places);
    }

    /// <summary>(data, mask, source): the source's elements, one after the other, where a constant mask holds.</summary>
    [TorchOperator("aten::masked_scatter")]
    public static object? MaskedScatter(TorchCall call)
    {
        var data = call.Tensor(0);
        var (wide, places) = Places(call, data);
        Value source = call.Tensor(2);
        int count = places.Type.Shape.ElementCount, all = wide.Type.Shape.ElementCount;
        if (source.Type.Shape.ElementCount < count || source.Type.Element != data.Type.Element || data.Type.Quantization is not null) throw call.Unsupported($"it puts {source.Type} at {count} places of {data.Type}");
        var values = Shaping.Along(call, call.Reshape(source, source.Type.Shape.ElementCount), 0, 0, 1, count);
        return call.Reshape(call.Emit(new ScatterNd(new Shape(all), ScatterReduction.None), call.Reshape(places, count, 1), values, call.Reshape(wide, all)), wide.Type.Shape.Span);
    }

    /// <summary>Where a constant tensor is not 0: a row of places for each such element.</summary>
    [TorchOperator("aten::nonzero", "aten::argwhere")]
    public static object? Nonzero(TorchCall call)
    {
        Value[] axes = [.. TrueAt(call)];
        int count = axes.Length == 0 ? 0 : axes[0].Type.Shape.ElementCount;
        return axes.Length == 0 ? throw call.Unsupported("it has no axes") : call.Emit(new Concat(1), [.. axes.Select(a => call.Reshape(a, count, 1))]);
    }

    [TorchOperator("aten::nonzero_numpy")]
    public static object? NonzeroByAxis(TorchCall call) => new Archive.TorchList(TrueAt(call));

    /// <summary>(sorted, values) or (values, bounds), right: how many bounds are less, or at most as great; of constant bounds.</summary>
    [TorchOperator("aten::searchsorted", "aten::bucketize")]
    public static object? Search(TorchCall call)
    {
        const int MaxBounds = 4096;
        bool buckets = call.Operator == "aten::bucketize";
        Value bounds = call.Tensor(buckets ? 1 : 0), values = call.Tensor(buckets ? 0 : 1);
        bool right = call.Flag(3, "right") || call.Text(4, "side") == "right";
        if (bounds.Type.Shape.Rank != 1 || bounds.Type.Shape[0] > MaxBounds) throw call.Unsupported($"it searches {bounds.Type}");
        var (all, number) = Arithmetic.Common(call.With(bounds, values), 0, 1);
        var isBelow = call.Emit(new Compare(right ? CompareKind.GreaterEqual : CompareKind.Greater), call.Reshape(number, [.. number.Type.Shape, 1]), all);
        return call.Emit(new Reduce(ReduceKind.Sum, new Ints(number.Type.Shape.Rank), false), call.Emit(new Cast(call.Flag(2, "out_int32") ? ElementType.S32 : ElementType.S64), isBelow));
    }

    // Slices of an axis, which comes to the front while they are written.
    private static Value Written(TorchCall call, Value source, ScatterReduction reduction) =>
        Written(call, source, (data, places, updates) => call.Emit(new ScatterNd(data.Type.Shape, reduction), places, updates, data));

    private static Value Written(TorchCall call, Value source, Func<Value, Value, Value, Value> write)
    {
        Value data = call.Tensor(0), index = call.Tensor(2, "index");
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(1, "dim"), rank);
        if (rank == 0 || data.Type.Quantization is not null || index.Type.Shape.Rank > 1) throw call.Unsupported($"it writes slices of {data.Type} at {index.Type}");
        int[] front = [axis, .. Enumerable.Range(0, rank).Where(a => a != axis)];
        int count = index.Type.Shape.ElementCount;
        if (source.Type.Element != data.Type.Element) source = call.Emit(new Cast(data.Type.Element), source);
        if (source.Type.Shape.Rank != rank) throw call.Malformed($"writes {source.Type} into {data.Type}");
        var target = call.Permute(data, front);
        var written = write(target, call.Reshape(Indexing.Wrapped(call, index, data.Type.Shape[axis]), count, 1), call.Permute(source, front));
        return call.Permute(written, [.. Enumerable.Range(0, rank).Select(a => Array.IndexOf(front, a))]);
    }

    // Data and a mask of one shape: the data, and the places among all where the mask holds.
    private static (Value Data, Value Places) Places(TorchCall call, Value data)
    {
        var mask = call.Tensor(1, "mask");
        if (mask.Constant is null) throw call.Unsupported("the number of its results is known at run time only");
        var shape = Shape.Broadcast(data.Type.Shape, mask.Type.Shape) ?? throw call.Malformed($"masks {data.Type} by {mask.Type}");
        Value Wide(Value value) => value.Type.Shape.Equals(shape) ? value : call.EmitQuantized(new BroadcastTo(shape), Shaping.PerTensor(call, value), value);
        long[] flags = Wide(mask).Constant!.ToInt64();
        long[] places = [.. Enumerable.Range(0, flags.Length).Where(i => flags[i] != 0).Select(i => (long)i)];
        return (Wide(data), TorchCall.Constant(Tensor.Of<long>(new Shape(places.Length), places)));
    }

    private static IEnumerable<Value> TrueAt(TorchCall call)
    {
        var (data, zero) = Arithmetic.Common(call.With(call.Tensor(0), 0L), 0, 1);
        return Indexing.TrueAt(call, call.Emit(new Compare(CompareKind.NotEqual), data, zero));
    }
}
