using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>What moves elements and asks for extents.</summary>
internal static class Shaping
{
    [TorchOperator("aten::size", "prim::shape")]
    public static object? Size(TorchCall call)
    {
        if (call.Argument(0) is PackedSequences or PackedSteps) return Packing.Size(call);
        var shape = call.Tensor(0).Type.Shape;
        return call.Argument(1, "dim") is null ? new TorchList(shape.Select(e => (object?)(long)e)) : (long)shape[call.Axis(call.Long(1, "dim"), shape.Rank)];
    }

    [TorchOperator("aten::dim", "prim::ndim")]
    public static object? Rank(TorchCall call) => call.Argument(0) switch { PackedSequences => 2L, PackedSteps => 1L, _ => (long)call.Tensor(0).Type.Shape.Rank };

    [TorchOperator("aten::numel")]
    public static object? Count(TorchCall call) => (long)call.Tensor(0).Type.Shape.ElementCount;

    [TorchOperator("prim::dtype", "aten::dtype")]
    public static object? Dtype(TorchCall call)
    {
        var type = call.Argument(0) is PackedSequences packed ? packed.Padded.Type : call.Tensor(0).Type;
        bool quantized = type.Quantization is not null;
        return type.Element switch
        {
            ElementType.U8 => quantized ? 13L : 0L,
            ElementType.S8 => quantized ? 12L : 1L,
            ElementType.S16 => 2L,
            ElementType.S32 => quantized ? 14L : 3L,
            ElementType.S64 => 4L,
            ElementType.F16 => 5L,
            ElementType.F64 => 7L,
            ElementType.Bool => 11L,
            _ => 6L,
        };
    }

    [TorchOperator("aten::is_floating_point")]
    public static object? IsReal(TorchCall call) => call.Tensor(0).Type is { Quantization: null, Element: ElementType.F32 or ElementType.F16 or ElementType.F64 };

    [TorchOperator("prim::is_nested", "prim::is_sparse", "prim::is_cuda", "prim::is_mkldnn", "aten::is_autocast_enabled", "aten::is_autocast_cpu_enabled", "aten::is_grad_enabled")]
    public static object? No(TorchCall call) => false;

    /// <summary>(data, sources, destinations): axes put to other places, the rest in their order.</summary>
    [TorchOperator("aten::movedim", "aten::moveaxis")]
    public static object? MoveAxes(TorchCall call)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank;
        int[] from = [.. call.Ints(1).Select(a => call.Axis(a, rank))], to = [.. call.Ints(2).Select(a => call.Axis(a, rank))];
        if (from.Length != to.Length || from.Distinct().Count() != from.Length || to.Distinct().Count() != to.Length) throw call.Malformed("moves axes to places that do not fit");
        var left = new Queue<int>(Enumerable.Range(0, rank).Except(from));
        return call.Permute(data, [.. Enumerable.Range(0, rank).Select(place => Array.IndexOf(to, place) is >= 0 and var i ? from[i] : left.Dequeue())]);
    }

    /// <summary>Each of several vectors along an axis of its own, repeated along the others'.</summary>
    [TorchOperator("aten::meshgrid")]
    public static object? MeshGrid(TorchCall call)
    {
        var vectors = call.Tensors(0);
        bool swapped = call.Text(1, "indexing") == "xy" && vectors.Length > 1;
        int[] order = [.. Enumerable.Range(0, vectors.Length)];
        if (swapped) (order[0], order[1]) = (1, 0);
        var shape = call.ShapeOf([.. order.Select(i => vectors[i].Type.Shape.ElementCount)]);
        return new TorchList([.. vectors.Select((vector, i) =>
        {
            int[] extents = [.. Enumerable.Repeat(1, vectors.Length)];
            extents[Array.IndexOf(order, i)] = vector.Type.Shape.ElementCount;
            return (object?)call.Emit(new BroadcastTo(shape), call.Reshape(vector, extents));
        })]);
    }

    /// <summary>(data, repeats, dim): every slice as many times, one after the other.</summary>
    [TorchOperator("aten::repeat_interleave")]
    public static object? RepeatInterleave(TorchCall call)
    {
        var data = call.Tensor(0);
        int times = call.Int(1, "repeats");
        if (call.Argument(2, "dim") is null) data = Plain(call, data, data.Type.Shape.ElementCount);
        int axis = call.Axis(call.Long(2, "dim", 0), data.Type.Shape.Rank);
        if (times is <= 0 or > 1 << 16) throw call.Malformed($"repeats slices {times} times");
        var places = TorchCall.Constant(Tensor.Of<long>(new Shape(data.Type.Shape[axis] * times), [.. Enumerable.Range(0, data.Type.Shape[axis] * times).Select(i => (long)(i / times))]));
        return call.EmitQuantized(new Gather(axis), PerTensor(call, data), data, places);
    }

    [TorchOperator("prim::is_quantized")]
    public static object? IsQuantized(TorchCall call) => call.Tensor(0).Type.Quantization is not null;

    [TorchOperator("aten::reshape", "aten::view", "aten::_reshape_alias", "aten::_unsafe_view", "aten::_reshape_copy", "aten::view_copy")]
    public static object? Reshape(TorchCall call)
    {
        var data = call.Tensor(0);
        int[] extents = call.Ints(1);
        int open = Array.IndexOf(extents, -1);
        long known = extents.Where((e, i) => i != open).Aggregate(1L, (n, e) => Math.Clamp(n * e, -1, int.MaxValue));
        if (open >= 0) extents[open] = known > 0 ? (int)(data.Type.Shape.ElementCount / known) : throw call.Malformed($"reshapes {data.Type.Shape} to {string.Join('x', extents)}");
        return Plain(call, data, extents);
    }

    [TorchOperator("aten::flatten")]
    public static object? Flatten(TorchCall call)
    {
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        if (shape.Rank == 0) return Plain(call, data, [1]);
        int from = call.Axis(call.Long(1, "start_dim", 0), shape.Rank), to = call.Axis(call.Long(2, "end_dim", -1), shape.Rank);
        if (to < from) throw call.Malformed("flattens no axes");
        return Plain(call, data, [.. shape.Span[..from], shape.Span[from..(to + 1)].ToArray().Aggregate(1, (n, e) => n * e), .. shape.Span[(to + 1)..]]);
    }

    [TorchOperator("aten::unflatten")]
    public static object? Unflatten(TorchCall call)
    {
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        int axis = call.Axis(call.Long(1), shape.Rank);
        int[] sizes = call.Ints(2);
        int open = Array.IndexOf(sizes, -1);
        int known = sizes.Where((e, i) => i != open).Aggregate(1, (n, e) => n * e);
        if (open >= 0 && known > 0) sizes[open] = shape[axis] / known;
        return Plain(call, data, [.. shape.Span[..axis], .. sizes, .. shape.Span[(axis + 1)..]]);
    }

    [TorchOperator("aten::squeeze")]
    public static object? Squeeze(TorchCall call)
    {
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        bool[] gone = [.. shape.Select(e => e == 1)];
        if (call.OptionalInts(1, "dim") is { } axes)
        {
            bool[] named = new bool[shape.Rank];
            foreach (int axis in axes)
            {
                if (shape.Rank > 0) named[call.Axis(axis, shape.Rank)] = true;
            }
            gone = [.. gone.Select((g, i) => g && named[i])];
        }
        return Plain(call, data, [.. shape.Where((_, i) => !gone[i])]);
    }

    [TorchOperator("aten::unsqueeze")]
    public static object? Unsqueeze(TorchCall call)
    {
        var data = call.Tensor(0);
        var shape = data.Type.Shape;
        int axis = call.Axis(call.Long(1, "dim"), shape.Rank + 1);
        return Plain(call, data, [.. shape.Span[..axis], 1, .. shape.Span[axis..]]);
    }

    [TorchOperator("aten::permute")]
    public static object? Permute(TorchCall call)
    {
        var data = call.Tensor(0);
        return call.Permute(data, [.. call.Ints(1, "dims").Select(a => call.Axis(a, data.Type.Shape.Rank))]);
    }

    [TorchOperator("aten::transpose", "aten::swapaxes", "aten::swapdims")]
    public static object? Transpose(TorchCall call) => Swap(call, call.Tensor(0), call.Long(1, "dim0"), call.Long(2, "dim1"));

    [TorchOperator("aten::mT", "aten::adjoint", "aten::mH", "prim::mT", "prim::mH")]
    public static object? MatrixTranspose(TorchCall call) => call.Tensor(0).Type.Shape.Rank < 2 ? throw call.Malformed($"turns {call.Tensor(0).Type}") : Swap(call, call.Tensor(0), -2, -1);

    /// <summary>The axes from the last to the first; t() is of two at most.</summary>
    [TorchOperator("aten::t", "prim::T", "aten::numpy_T")]
    public static object? T(TorchCall call)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank;
        return rank > 2 && call.Operator == "aten::t" ? throw call.Malformed($"turns {data.Type}") : call.Permute(data, [.. Enumerable.Range(0, rank).Reverse()]);
    }

    [TorchOperator("aten::expand", "aten::broadcast_to")]
    public static object? Expand(TorchCall call)
    {
        var data = call.Tensor(0);
        int[] extents = call.Ints(1);
        int lead = extents.Length - data.Type.Shape.Rank;
        for (int i = 0; i < extents.Length; i++)
        {
            if (extents[i] == -1 && i >= lead && lead >= 0) extents[i] = data.Type.Shape[i - lead];
        }
        return call.EmitQuantized(new BroadcastTo(call.ShapeOf(extents)), PerTensor(call, data), data);
    }

    [TorchOperator("aten::expand_as")]
    public static object? ExpandAs(TorchCall call) => call.EmitQuantized(new BroadcastTo(call.Tensor(1).Type.Shape), PerTensor(call, call.Tensor(0)), call.Tensor(0));

    [TorchOperator("aten::slice")]
    public static object? Slice(TorchCall call)
    {
        if (call.Argument(0) is TorchList list)
        {
            if (call.Long(3, "step", 1) == -1 && call.Argument(1) is null && call.Argument(2) is null) return new TorchList(Enumerable.Reverse(list.Items));
            var (first, step, count) = Bounds(call, list.Items.Count, 1);
            return new TorchList(Enumerable.Range(0, count).Select(i => list.Items[first + i * step]));
        }
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(1, "dim", 0), data.Type.Shape.Rank);
        if (data.Type.Shape.Rank == 0) throw call.Malformed("slices a tensor without axes");
        var (from, by, extent) = Bounds(call, data.Type.Shape[axis], 2);
        return Along(call, data, axis, from, by, extent);
    }

    [TorchOperator("aten::narrow")]
    public static object? Narrow(TorchCall call)
    {
        var data = call.Tensor(0);
        return Along(call, data, call.Axis(call.Long(1), data.Type.Shape.Rank), call.Int(2), 1, call.Int(3));
    }

    [TorchOperator("aten::select")]
    public static object? Select(TorchCall call)
    {
        // The first step has all sequences.
        if (call.Argument(0) is PackedSteps steps) return call.Long(2) == 0 ? (object)(long)steps.Sequences.Padded.Type.Shape[1] : throw call.Unsupported("it asks for the sequences of a step");
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(1), data.Type.Shape.Rank);
        if (data.Type.Shape.Rank == 0) throw call.Malformed("selects from a tensor without axes");
        long index = call.Long(2);
        if (index < 0) index += data.Type.Shape[axis];
        if (index < 0 || index >= data.Type.Shape[axis]) throw call.Malformed($"selects {index} of {data.Type.Shape}");
        var slice = Along(call, data, axis, (int)index, 1, 1);
        return Plain(call, slice, [.. slice.Type.Shape.Where((_, i) => i != axis)]);
    }

    /// <summary>(data, dimension, size, step): windows along an axis, their elements a new last axis.</summary>
    [TorchOperator("aten::unfold")]
    public static object? Unfold(TorchCall call)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(1, "dimension"), rank), size = call.Int(2, "size"), step = call.Int(3, "step");
        int count = size > 0 && step > 0 && size <= data.Type.Shape[axis] ? (data.Type.Shape[axis] - size) / step + 1 : throw call.Malformed($"takes windows of {size} at {step} of {data.Type.Shape}");
        var places = Tensor.Of<long>(new Shape(count, size), [.. Enumerable.Range(0, count * size).Select(i => (long)(i / size * step + i % size))]);
        var windows = call.EmitQuantized(new Gather(axis), PerTensor(call, data), data, TorchCall.Constant(places));
        return call.Permute(windows, [.. Enumerable.Range(0, rank + 1).Where(a => a != axis + 1), axis + 1]);
    }

    [TorchOperator("aten::chunk", "aten::unsafe_chunk")]
    public static object? Chunk(TorchCall call)
    {
        int chunks = call.Int(1);
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(2, "dim", 0), data.Type.Shape.Rank);
        if (chunks <= 0) throw call.Malformed($"makes {chunks} chunks");
        int each = Math.Max(1, (int)(((long)data.Type.Shape[axis] + chunks - 1) / chunks));
        return Pieces(call, data, axis, each);
    }

    [TorchOperator("aten::split", "aten::split_with_sizes", "aten::unsafe_split", "aten::unsafe_split_with_sizes")]
    public static object? Split(TorchCall call)
    {
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(2, "dim", 0), data.Type.Shape.Rank);
        if (call.Argument(1) is long each) return each > 0 ? Pieces(call, data, axis, (int)Math.Min(each, int.MaxValue)) : throw call.Malformed($"splits by {each}");
        var pieces = new List<object?>();
        int at = 0;
        foreach (int size in call.Ints(1))
        {
            pieces.Add(Along(call, data, axis, at, 1, size));
            at += size;
        }
        return new TorchList(pieces);
    }

    [TorchOperator("aten::unbind")]
    public static object? Unbind(TorchCall call)
    {
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(1, "dim", 0), data.Type.Shape.Rank);
        var pieces = Pieces(call, data, axis, 1);
        return new TorchList(pieces.Items.Select(p => (object?)Plain(call, (Value)p!, [.. ((Value)p!).Type.Shape.Where((_, i) => i != axis)])));
    }

    [TorchOperator("aten::cat", "aten::concat", "aten::concatenate")]
    public static object? Concat(TorchCall call)
    {
        var given = call.Tensors(0);
        // Tensors of one axis without elements take no part beyond their type, whatever the axes of the others (cat_should_skip_tensor).
        Value[] parts = [.. given.Where(p => p.Type.Shape is not { Rank: 1, ElementCount: 0 })];
        if (parts.Length == 0) return given.Length == 0 ? throw call.Malformed("joins nothing") : given[0];
        int axis = call.Axis(call.Long(1, "dim", 0), parts[0].Type.Shape.Rank);
        if (parts[0].Type.Quantization is not { } first)
        {
            // Floats take integers with them, integers of 64 bits the others.
            ElementType[] wide = [.. new[] { ElementType.F32, ElementType.S64 }.Where(e => Array.Exists(given, p => p.Type.Element == e)).Append(parts[0].Type.Element)];
            return call.Emit(new Ir.Operators.Concat(axis), [.. parts.Select(p => p.Type.Element == wide[0] || p.Type.Quantization is not null ? p : call.Emit(new Cast(wide[0]), p))]);
        }
        object? along = call.Argument(1, "dim") ?? 0L;
        var joined = Joined(call, parts, axis, first, along: along);
        call.Joins.Note(joined, parts, along);
        return joined;
    }

    [TorchOperator("quantized::cat", "quantized::cat_relu", "quantized::cat_out", "quantized::cat_relu_out")]
    public static object? QuantizedConcat(TorchCall call)
    {
        var parts = call.Tensors(0);
        if (parts.Length == 0) throw call.Malformed("joins nothing");
        int axis = call.Axis(call.Long(1), parts[0].Type.Shape.Rank);
        bool given = call.Argument(2) is not null;
        // (parts, axis, out)
        var output = call.Argument(2) is Value { Type.Quantization: { IsPerChannel: false } taker } ? taker : given ? call.Output(2, 3, parts[0].Type.Element) : parts[0].Type.Quantization ?? throw call.Malformed("joins tensors that are not quantized");
        return Joined(call, parts, axis, output, call.Operator.Contains("_relu", StringComparison.Ordinal));
    }

    [TorchOperator("aten::stack", "aten::_stack")]
    public static object? Stack(TorchCall call)
    {
        var parts = call.Tensors(0);
        if (parts.Length == 0) throw call.Malformed("joins nothing");
        var shape = parts[0].Type.Shape;
        int axis = call.Axis(call.Long(1, "dim", 0), shape.Rank + 1);
        Value[] apart = [.. parts.Select(p => Plain(call, p, [.. p.Type.Shape.Span[..Math.Min(axis, p.Type.Shape.Rank)], 1, .. p.Type.Shape.Span[Math.Min(axis, p.Type.Shape.Rank)..]]))];
        return parts[0].Type.Quantization is { } first ? Joined(call, apart, axis, first) : call.Emit(new Ir.Operators.Concat(axis), apart);
    }

    [TorchOperator("aten::pixel_shuffle")]
    public static object? PixelShuffle(TorchCall call)
    {
        var data = call.Tensor(0);
        var s = data.Type.Shape;
        int r = call.Int(1);
        if (s.Rank != 4 || r <= 0 || s[1] % ((long)r * r) != 0) throw call.Malformed($"does not shuffle {s} by {r}");
        int c = s[1] / r / r;
        var apart = call.Permute(call.Reshape(data, s[0], c, r, r, s[2], s[3]), 0, 1, 4, 2, 5, 3);
        return call.Reshape(apart, s[0], c, s[2] * r, s[3] * r);
    }

    [TorchOperator("aten::pixel_unshuffle")]
    public static object? PixelUnshuffle(TorchCall call)
    {
        var data = call.Tensor(0);
        var s = data.Type.Shape;
        int r = call.Int(1);
        if (s.Rank != 4 || r <= 0 || s[2] % r != 0 || s[3] % r != 0) throw call.Malformed($"does not unshuffle {s} by {r}");
        var apart = call.Permute(call.Reshape(data, s[0], s[1], s[2] / r, r, s[3] / r, r), 0, 1, 3, 5, 2, 4);
        return call.Reshape(apart, s[0], s[1] * r * r, s[2] / r, s[3] / r);
    }

    [TorchOperator("aten::channel_shuffle", "aten::native_channel_shuffle")]
    public static object? ChannelShuffle(TorchCall call)
    {
        var data = call.Tensor(0);
        var s = data.Type.Shape;
        int groups = call.Int(1);
        if (s.Rank < 3 || groups <= 0 || s[1] % groups != 0) throw call.Malformed($"does not shuffle {s} in {groups} groups");
        int inner = s.ElementCount / Math.Max(1, s[0] * s[1]);
        return call.Reshape(call.Permute(call.Reshape(data, s[0], groups, s[1] / groups, inner), 0, 2, 1, 3), s.Span);
    }

    [TorchOperator(
        "aten::pad", "aten::constant_pad_nd", "aten::reflection_pad1d", "aten::reflection_pad2d", "aten::reflection_pad3d",
        "aten::replication_pad1d", "aten::replication_pad2d", "aten::replication_pad3d")]
    public static object? Pad(TorchCall call)
    {
        var data = call.Tensor(0);
        int[] pads = call.Ints(1, "pad");
        int rank = data.Type.Shape.Rank;
        if (pads.Length % 2 != 0 || pads.Length / 2 > rank) throw call.Malformed($"has {pads.Length} paddings for {data.Type.Shape}");
        string mode = call.Operator switch { "aten::pad" => call.Text(2, "mode") ?? "constant", "aten::constant_pad_nd" => "constant", _ when call.Operator.StartsWith("aten::repl", StringComparison.Ordinal) => "replicate", _ => "reflect" };
        var (before, after) = (new int[rank], new int[rank]);
        for (int i = 0; i < pads.Length / 2; i++) (before[rank - 1 - i], after[rank - 1 - i]) = (pads[2 * i], pads[2 * i + 1]);
        if (mode == "reflect") return call.EmitQuantized(new MirrorPad(new Ints(before), new Ints(after), Reflect: true), PerTensor(call, data), data);
        if (mode is "replicate" or "circular") return Looked(call, data, before, after, mode == "circular");
        if (mode != "constant") throw call.Unsupported($"it pads by '{mode}'");
        double number = call.Real(call.Operator == "aten::pad" ? 3 : 2, "value", 0);
        if (data.Type.Quantization is { } same)
        {
            var (low, high) = TorchCall.RangeOf(data.Type.Element);
            number = Math.Clamp(Math.Round((double)((float)number * (1f / same.Scale)), MidpointRounding.ToEven) + same.ZeroPoint, low, high);
        }
        for (int a = 0; a < rank; a++)
        {
            if (before[a] >= 0 && after[a] >= 0) continue;
            int cut = Math.Max(-before[a], 0), extent = data.Type.Shape[a] - cut - Math.Max(-after[a], 0);
            if (extent <= 0) throw call.Malformed($"leaves nothing of {data.Type.Shape}");
            data = Along(call, data, a, cut, 1, extent);
            (before[a], after[a]) = (Math.Max(before[a], 0), Math.Max(after[a], 0));
        }
        if (before.All(b => b == 0) && after.All(a => a == 0)) return data;
        return call.EmitQuantized(new Ir.Operators.Pad(new Ints(before), new Ints(after), number), PerTensor(call, data), data);
    }

    [TorchOperator("aten::flip")]
    public static object? Flip(TorchCall call)
    {
        var data = call.Tensor(0);
        return call.EmitQuantized(new Reverse(new Ints([.. call.Ints(1, "dims").Select(a => call.Axis(a, data.Type.Shape.Rank)).Distinct()])), PerTensor(call, data), data);
    }

    [TorchOperator("aten::roll")]
    public static object? Roll(TorchCall call)
    {
        var data = call.Tensor(0);
        int[] shifts = call.Ints(1, "shifts"), axes = call.OptionalInts(2, "dims") ?? [];
        if (axes.Length == 0 && shifts.Length == 1) return call.Reshape((Value)Roll(call.With(call.Reshape(data, data.Type.Shape.ElementCount), (long)shifts[0], 0L))!, data.Type.Shape.Span);
        if (axes.Length != shifts.Length) throw call.Malformed($"rolls {axes.Length} axes by {shifts.Length} numbers");
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = call.Axis(axes[i], data.Type.Shape.Rank), extent = Math.Max(1, data.Type.Shape[axis]), shift = ((shifts[i] % extent) + extent) % extent;
            if (shift == 0) continue;
            var (head, tail) = (Along(call, data, axis, 0, 1, extent - shift), Along(call, data, axis, extent - shift, 1, shift));
            data = call.EmitQuantized(new Ir.Operators.Concat(axis), data.Type.Quantization, tail, head);
        }
        return data;
    }

    [TorchOperator("aten::repeat", "aten::tile")]
    public static object? Repeat(TorchCall call)
    {
        var data = call.Tensor(0);
        int[] multiples = call.Ints(1);
        int rank = Math.Max(multiples.Length, data.Type.Shape.Rank);
        data = Plain(call, data, [.. Enumerable.Repeat(1, rank - data.Type.Shape.Rank), .. data.Type.Shape.Span]);
        multiples = [.. Enumerable.Repeat(1, rank - multiples.Length), .. multiples];
        if (multiples.Any(m => m is <= 0 or > 1 << 20)) throw call.Malformed("repeats a number of times that cannot be");
        return call.EmitQuantized(new Tile(new Ints(multiples)), PerTensor(call, data), data);
    }

    [TorchOperator("aten::where")]
    public static object? Where(TorchCall call)
    {
        if (call.Count < 3) throw call.Unsupported("the number of its results is known at run time only");
        var (a, b) = Arithmetic.Common(call, 1, 2);
        return call.Emit(new Ir.Operators.Select(), call.Tensor(0), a, b);
    }

    [TorchOperator("aten::masked_fill")]
    public static object? MaskedFill(TorchCall call)
    {
        var (data, number) = Arithmetic.Common(call, 0, 2);
        return call.Emit(new Ir.Operators.Select(), call.Tensor(1, "mask"), number, data);
    }

    [TorchOperator("aten::to", "aten::_to_copy", "aten::bool", "aten::type_as", "aten::float", "aten::long", "aten::int", "aten::half", "aten::short", "aten::char", "aten::byte")]
    public static object? To(TorchCall call)
    {
        if (call.Argument(0) is not Value data) return call.Argument(0);
        // The type of another tensor.
        if (call.Argument(1, "other") is Value { Type: { Quantization: null, Element: var same } } && data.Type.Quantization is null) return same == data.Type.Element ? data : call.Emit(new Cast(same), data);
        long? dtype = call.Operator switch { "aten::float" => 6, "aten::bool" => 11, "aten::long" => 4, "aten::int" => 3, "aten::half" => 5, "aten::short" => 2, "aten::char" => 1, "aten::byte" => 0, _ => null };
        dtype ??= call.Argument(1) as long? ?? (call.Argument(1) is string ? call.Argument(2) as long? : null) ?? call.Argument(-1, "dtype") as long?;
        if (dtype is null || data.Type.Quantization is not null) return data;
        var element = Quantizing.Element(call, dtype.Value);
        return element == data.Type.Element ? data : call.Emit(new Cast(element), data);
    }

    [TorchOperator("aten::zeros", "aten::empty", "aten::empty_strided", "aten::empty_permuted")]
    public static object? Zeros(TorchCall call) => Filled(call, call.Ints(0), 0);

    [TorchOperator("aten::new_zeros", "aten::new_empty", "aten::new_empty_strided")]
    public static object? NewZeros(TorchCall call) => Filled(call, call.Ints(1), 0, call.Tensor(0).Type.Element);

    [TorchOperator("aten::ones")]
    public static object? Ones(TorchCall call) => Filled(call, call.Ints(0), 1);

    [TorchOperator("aten::zeros_like", "aten::empty_like")]
    public static object? ZerosLike(TorchCall call) => Filled(call, call.Tensor(0).Type.Shape.ToArray(), 0, call.Tensor(0).Type.Element);

    [TorchOperator("aten::ones_like", "aten::full_like", "aten::new_full", "aten::new_ones")]
    public static object? Like(TorchCall call)
    {
        bool made = call.Operator.Contains("new", StringComparison.Ordinal), full = call.Operator.Contains("full", StringComparison.Ordinal);
        return Filled(call, made ? call.Ints(1) : call.Tensor(0).Type.Shape.ToArray(), full ? call.Real(made ? 2 : 1) : 1, call.Tensor(0).Type.Element);
    }

    [TorchOperator("aten::full")]
    public static object? Full(TorchCall call) => Filled(call, call.Ints(0), call.Real(1), call.Argument(1) is long or bool ? ElementType.S64 : ElementType.F32);

    [TorchOperator("aten::tensor", "aten::scalar_tensor")]
    public static object? Scalar(TorchCall call)
    {
        if (call.Argument(0) is not TorchList list) return call.Argument(1, "dtype") is long ? Cast(call, call.Tensor(0)) : call.Tensor(0);
        var (numbers, extents) = (new List<object?>(), new List<int>());
        Collect(call, list, 0, numbers, extents);
        var shape = call.ShapeOf([.. extents]);
        if (numbers.Count != shape.ElementCount) throw call.Malformed("makes a tensor of lists of several lengths");
        return Cast(call, TorchCall.Constant(
            numbers.TrueForAll(n => n is long) ? Tensor.Of<long>(shape, [.. numbers.Select(n => (long)n!)])
            : numbers.TrueForAll(n => n is bool) ? Tensor.Of<bool>(shape, [.. numbers.Select(n => (bool)n!)])
            : Tensor.Of<float>(shape, [.. numbers.Select(n => n switch { double real => (float)real, long whole => whole, _ => throw call.Unsupported("it makes a tensor of what are no numbers") })])));
    }

    // The numbers of nested lists, in order, and the lists' lengths.
    private static void Collect(TorchCall call, TorchList list, int depth, List<object?> numbers, List<int> extents)
    {
        if (depth == extents.Count) extents.Add(list.Items.Count);
        if (depth > 8 || extents[depth] != list.Items.Count) throw call.Malformed("makes a tensor of lists of several lengths");
        foreach (object? item in list.Items)
        {
            if (item is TorchList inner) Collect(call, inner, depth + 1, numbers, extents);
            else numbers.Add(item is Value { Constant: not null } known ? known.Type.Element == ElementType.F32 ? (double)known.Constant.Span<float>()[0] : known.Constant.ToInt64()[0] : item);
        }
    }

    // The type that the call asks for, or the one that there is.
    private static Value Cast(TorchCall call, Value value) =>
        call.Argument(1, "dtype") is long dtype && Quantizing.Element(call, dtype) is var element && element != value.Type.Element ? call.Emit(new Cast(element), value) : value;

    [TorchOperator("aten::as_tensor")]
    public static object? AsTensor(TorchCall call) => call.Argument(0) is Value ? To(call) : Scalar(call);

    [TorchOperator("aten::linspace")]
    public static object? Linspace(TorchCall call)
    {
        int steps = call.Int(2);
        if (steps is < 1 or > 1 << 20) throw call.Malformed($"makes {steps} steps");
        double from = call.Real(0), to = call.Real(1);
        if (call.Argument(-1, "dtype") is 7L)
        {
            double by = steps > 1 ? (to - from) / (steps - 1) : 0;
            return TorchCall.Constant(Tensor.Of<double>(new Shape(steps), [.. Enumerable.Range(0, steps).Select(i => i < steps / 2 ? from + by * i : to - by * (steps - i - 1))]));
        }
        float start = (float)from, end = (float)to, step = steps > 1 ? (end - start) / (steps - 1) : 0;
        return TorchCall.Constant(Tensor.Of<float>(new Shape(steps), [.. Enumerable.Range(0, steps).Select(i => i < steps / 2 ? start + step * i : end - step * (steps - i - 1))]));
    }

    [TorchOperator("aten::index_select")]
    public static object? IndexSelect(TorchCall call)
    {
        var data = call.Tensor(0);
        return call.EmitQuantized(new Gather(call.Axis(call.Long(1), data.Type.Shape.Rank)), PerTensor(call, data), data, call.Tensor(2));
    }

    /// <summary>Other extents of the same elements.</summary>
    public static Value Plain(TorchCall call, Value data, params ReadOnlySpan<int> extents)
    {
        if (data.Type.Quantization is { IsPerChannel: true } && !call.ShapeOf(extents).Equals(data.Type.Shape)) throw call.Unsupported("it reshapes a tensor that is quantized per channel");
        return call.Reshape(data, extents);
    }

    /// <summary>A slice of an axis.</summary>
    public static Value Along(TorchCall call, Value data, int axis, int from, int by, int extent)
    {
        var shape = data.Type.Shape;
        if (from < 0 || by <= 0 || extent < 0) throw call.Malformed($"takes {extent} elements of {shape}");
        if (from == 0 && by == 1 && extent == shape[axis]) return data;
        var begin = new int[shape.Rank];
        int[] strides = [.. Enumerable.Repeat(1, shape.Rank)], extents = shape.ToArray();
        (begin[axis], strides[axis], extents[axis]) = (from, by, extent);
        return call.EmitQuantized(new StridedSlice(new Ints(begin), new Ints(strides), call.ShapeOf(extents)), PerTensor(call, data), data);
    }

    private static TorchList Pieces(TorchCall call, Value data, int axis, int each)
    {
        var pieces = new List<object?>();
        for (int at = 0; at < data.Type.Shape[axis]; at += each)
        {
            if (pieces.Count > 10_000) throw call.Malformed("makes too many pieces");
            pieces.Add(Along(call, data, axis, at, 1, Math.Min(each, data.Type.Shape[axis] - at)));
        }
        return new TorchList(pieces);
    }

    // Parts of other scales are dequantized and quantized again; parts of aten::cat that are joined themselves perhaps at once.
    private static Value Joined(TorchCall call, Value[] parts, int axis, Quantization output, bool relu = false, object? along = null)
    {
        var same = new Value[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Type.Quantization is not { IsPerChannel: false } q) throw call.Unsupported("it joins tensors that are not quantized, or are per channel");
            same[i] = !relu && q.Equals(output) ? parts[i] : Activations.Mapped(call, parts[i], output, x => relu ? MathF.Max(x, 0) : x);
            if (!q.Equals(output) && call.Joins.PartsOf(parts[i], along) is { } inner) call.Joins.Choose(parts[i], same[i], Joined(call, inner, axis, output, along: along));
        }
        return call.EmitQuantized(new Ir.Operators.Concat(axis), output, same);
    }

    private static Value Swap(TorchCall call, Value data, long first, long second)
    {
        int rank = data.Type.Shape.Rank;
        int[] permutation = [.. Enumerable.Range(0, rank)];
        int a = call.Axis(first, rank), b = call.Axis(second, rank);
        if (rank == 0) return data;
        (permutation[a], permutation[b]) = (permutation[b], permutation[a]);
        return call.Permute(data, permutation);
    }

    /// <summary>How data is quantized that is moved; null for plain data.</summary>
    public static Quantization? PerTensor(TorchCall call, Value data) => data.Type.Quantization is { IsPerChannel: true } ? throw call.Unsupported("its data is quantized per channel") : data.Type.Quantization;

    private static (int From, int By, int Count) Bounds(TorchCall call, int extent, int first)
    {
        long from = call.Long(first, "start", 0), to = call.Long(first + 1, "end", long.MaxValue), by = call.Long(first + 2, "step", 1);
        if (by <= 0) throw call.Malformed($"steps by {by}");
        if (from < 0) from += extent;
        if (to < 0) to += extent;
        from = Math.Clamp(from, 0, extent);
        to = Math.Clamp(to, from, extent);
        by = Math.Min(by, int.MaxValue);
        return ((int)from, (int)by, (int)((to - from + by - 1) / by));
    }

    // Padding whose elements are the data's own, at places that are looked up: those of the edge, or of the other end.
    private static Value Looked(TorchCall call, Value data, int[] before, int[] after, bool circular)
    {
        for (int axis = 0; axis < before.Length; axis++)
        {
            int extent = data.Type.Shape[axis], from = -before[axis], count = extent + before[axis] + after[axis];
            if (count == extent && from == 0) continue;
            if (extent == 0 || count <= 0 || circular && (before[axis] > extent || after[axis] > extent)) throw call.Malformed($"pads {data.Type.Shape} by more than it has");
            int[] places = [.. Enumerable.Range(from, count).Select(i => circular ? (i + extent) % extent : Math.Clamp(i, 0, extent - 1))];
            data = call.EmitQuantized(new Gather(axis), PerTensor(call, data), data, TorchCall.Constant(Tensor.Of<int>(new Shape(count), places)));
        }
        return data;
    }

    private static Value Filled(TorchCall call, int[] extents, double number, ElementType like = ElementType.F32)
    {
        var shape = call.ShapeOf(extents);
        var element = call.Argument(-1, "dtype") is long dtype ? Quantizing.Element(call, dtype) : like;
        if ((long)shape.ElementCount * element.Size() > 64 << 20) throw call.Unsupported($"it makes {shape} at once");
        return element switch
        {
            ElementType.F32 => TorchCall.Constant(Tensor.Of<float>(shape, [.. Enumerable.Repeat((float)number, shape.ElementCount)])),
            ElementType.S64 => TorchCall.Constant(Tensor.Of<long>(shape, [.. Enumerable.Repeat((long)number, shape.ElementCount)])),
            ElementType.S32 => TorchCall.Constant(Tensor.Of<int>(shape, [.. Enumerable.Repeat((int)number, shape.ElementCount)])),
            _ when number == 0 => TorchCall.Constant(new Tensor(new TensorType(element, shape))),
            _ => call.Emit(new Cast(element), TorchCall.Constant(Tensor.Of<float>(shape, [.. Enumerable.Repeat((float)number, shape.ElementCount)]))),
        };
    }
}
