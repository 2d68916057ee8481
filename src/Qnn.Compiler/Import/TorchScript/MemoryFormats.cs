using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>
/// Which tensors PyTorch keeps with their channels last: what its quantized convolutions make, and what is computed from that. Some of its kernels round otherwise on one order than on the other.
/// </summary>
internal sealed class MemoryFormats
{
    private const long ChannelsLast2D = 2, ChannelsLast3D = 3;

    private static readonly HashSet<string> s_parts = ["slice", "narrow", "chunk", "split", "split_with_sizes"];

    private static readonly string[] s_makers = ["conv", "batch_norm"];

    // Element by element: any order of the axes is kept.
    private static readonly HashSet<string> s_elementwise =
    [
        "add", "add_relu", "add_scalar", "add_scalar_relu", "mul", "mul_relu", "mul_scalar", "mul_scalar_relu", "sub", "rsub", "div", "relu", "relu6", "hardtanh", "clamp", "clamp_min", "clamp_max", "sigmoid", "tanh",
        "hardsigmoid", "hardswish", "leaky_relu", "elu", "celu", "selu", "gelu", "silu", "mish", "softplus", "threshold", "prelu", "abs", "neg", "exp", "log", "sqrt", "rsqrt", "square", "pow", "reciprocal", "sign", "erf",
        "sin", "cos", "floor", "ceil", "round", "maximum", "minimum", "quantize_per_tensor", "dequantize", "dropout", "clone", "detach", "to", "max", "min", "where", "lerp", "addcmul", "addcdiv", "remainder", "fmod",
        "gt", "ge", "lt", "le", "eq", "ne", "logical_and", "logical_or", "logical_not", "zeros_like", "ones_like", "full_like", "empty_like", "flip", "roll",
    ];

    // What is made in the format that the first operand suggests.
    private static readonly HashSet<string> s_keepers =
    [
        "max_pool1d", "max_pool2d", "max_pool3d", "max_pool2d_with_indices", "adaptive_max_pool2d", "avg_pool1d", "avg_pool2d", "avg_pool3d",
        "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d", "upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d", "upsample_bilinear2d", "cat", "cat_relu", "pad", "constant_pad_nd",
        "reflection_pad2d", "replication_pad2d", "channel_shuffle", "pixel_shuffle", "pixel_unshuffle", "glu", "batch_norm", "group_norm", "conv2d", "conv3d", "conv_transpose2d", "conv_transpose3d", "_convolution", "convolution", "conv2d_clamp_run", "conv2d_transpose_clamp_run",
    ];

    // Where the data is quantized, in the usual order and in the first operand's.
    private static readonly HashSet<string> s_renewers = ["clone", "elu", "celu", "reflection_pad2d", "pixel_shuffle", "pixel_unshuffle"], s_quantizedKeepers = ["instance_norm"];

    private readonly HashSet<Value> _last = new(ReferenceEqualityComparer.Instance);
    // Parts of parameters that are marked as to be trained.
    private readonly HashSet<Value> _trainedParts = new(ReferenceEqualityComparer.Instance);
    // Tensors that are others with their axes in another order, which their memory keeps.
    private readonly Dictionary<Value, int[]> _turned = new(ReferenceEqualityComparer.Instance);
    // Tensors that see a memory by strides of their own (as_strided).
    private readonly Dictionary<Value, (Value Memory, long First, long[] Strides)> _strided = new(ReferenceEqualityComparer.Instance);

    private readonly IReadOnlySet<Value> _trained;
    private readonly GraphBuilder _builder;

    /// <summary>Formats of a model's tensors.</summary>
    /// <param name="trained">Parameters that are marked as to be trained.</param>
    /// <param name="strides">Those of parameters that do not lie row by row.</param>
    /// <param name="builder">The graph in the making, which knows what a tensor is a view of.</param>
    public MemoryFormats(IReadOnlySet<Value> trained, IReadOnlyDictionary<Value, long[]> strides, GraphBuilder builder)
    {
        (_trained, _builder) = (trained, builder);
        foreach (var (value, own) in strides)
        {
            _strided.Add(value, (value, 0, own));
            _turned.Add(value, [.. Enumerable.Range(0, own.Length).OrderByDescending(a => own[a])]);
        }
    }

    /// <summary>Whether a tensor's channels are its innermost axis in memory; true of any order where there is one channel or one pixel.</summary>
    public bool IsChannelsLast(Value value)
    {
        var shape = value.Type.Shape;
        if (shape.Rank <= 2) return false;
        if (_last.Contains(value) || shape[1] == 1 || shape.ElementCount == (long)shape[0] * shape[1]) return true;
        long[] strides = Layout(value).Strides, dense = Dense(shape, Last(shape.Rank));
        return Enumerable.Range(0, shape.Rank).All(a => shape[a] == 1 || strides[a] == dense[a]);
    }

    /// <summary>Tensor::suggest_memory_format: whether what is made of a tensor has its channels last.</summary>
    public bool SuggestsChannelsLast(Value value) => Suggests(value, "");

    /// <summary>Whether a tensor is marked as to be trained: products with it are taken for all rows at once, wherever they lie.</summary>
    public bool IsTrained(Value value) => _trained.Contains(value) || _trainedParts.Contains(value);

    /// <summary>A tensor's axes in the order of its memory, outermost first.</summary>
    public int[] Order(Value value)
    {
        int rank = value.Type.Shape.Rank;
        if (_turned.TryGetValue(value, out int[]? order)) return order;
        return _last.Contains(value) ? Last(rank) : [.. Enumerable.Range(0, rank)];
    }

    /// <summary>How many elements of a tensor follow each other in memory: all, or those that lie between the gaps of a slice.</summary>
    public int Run(Value value)
    {
        int all = value.Type.Shape.ElementCount;
        if (_builder.Producer(value) is not { Operator: StridedSlice slice } node) return all;
        var whole = node.Input(0);
        int[] order = Order(whole);
        int run = 1;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int axis = order[i], extent = value.Type.Shape[axis];
            if (extent > 1 && slice.Strides[axis] != 1) return run;
            run *= extent;
            if (extent != whole.Type.Shape[axis]) return run;
        }
        return run;
    }

    /// <summary>Whether a tensor's elements follow each other in memory, its last axis innermost.</summary>
    public bool IsContiguous(Value value)
    {
        var shape = value.Type.Shape;
        long[] strides = Layout(value).Strides, dense = Dense(shape, [.. Enumerable.Range(0, shape.Rank)]);
        return shape.ElementCount == 0 || Enumerable.Range(0, shape.Rank).All(a => shape[a] == 1 || strides[a] == dense[a]);
    }

    /// <summary>Where a tensor's elements lie in PyTorch's memory: the first one, and the distances along its axes. Views of others lie as they do.</summary>
    public (long First, long[] Strides) Layout(Value value)
    {
        var (_, first, strides) = Stored(value);
        return (first, strides);
    }

    /// <summary>The same, and the tensor whose memory it is.</summary>
    public (Value Memory, long First, long[] Strides) Stored(Value value)
    {
        List<Node> views = [];
        while (_builder.Producer(value) is { } node && IsView(node, value))
        {
            views.Add(node);
            value = node.Input(0);
        }
        var shape = value.Type.Shape;
        var (memory, first, strides) = _strided.TryGetValue(value, out var seenAs) ? seenAs : (value, 0, Dense(shape, Order(value)));
        for (int i = views.Count - 1; i >= 0; i--)
        {
            switch (views[i].Operator)
            {
                case Transpose turn:
                    strides = [.. turn.Permutation.Select(a => strides[a])];
                    break;
                case StridedSlice slice:
                    for (int a = 0; a < strides.Length; a++)
                    {
                        first += slice.Begin[a] * strides[a];
                        strides[a] *= slice.Strides[a];
                    }
                    break;
                default:
                    // What cannot be seen in another shape is copied.
                    if (Seen(shape, strides, views[i].Output.Type.Shape) is { } seen) strides = seen;
                    else (memory, first, strides) = (views[i].Output, 0, Dense(views[i].Output.Type.Shape, [.. Enumerable.Range(0, views[i].Output.Type.Shape.Rank)]));
                    break;
            }
            shape = views[i].Output.Type.Shape;
        }
        return (memory, first, strides);
    }

    /// <summary>Notes that a tensor sees a memory by strides of its own.</summary>
    public void Strided(Value value, Value memory, long first, long[] strides) => _strided[value] = (memory, first, strides);

    // What is known to be channels last is made so. A reshape to the same shape is a copy; a transpose that no operator of PyTorch's asked for is the importer's, and so is a reshape that one gave back.
    private bool IsView(Node node, Value value) => !_last.Contains(value) && node.Operator switch
    {
        Transpose => _turned.ContainsKey(value),
        StridedSlice => true,
        Reshape => !_turned.ContainsKey(value) && !node.Input(0).Type.Shape.Equals(value.Type.Shape),
        _ => false,
    };

    private static long[] Dense(Shape shape, int[] order)
    {
        var strides = new long[order.Length];
        long stride = 1;
        for (int i = order.Length - 1; i >= 0; stride *= Math.Max(1, shape[order[i]]), i--) strides[order[i]] = stride;
        return strides;
    }

    // at::detail::computeStride: the strides of the same elements in another shape, or null.
    private static long[]? Seen(Shape from, long[] strides, Shape to)
    {
        var result = new long[to.Rank];
        if (from.ElementCount == 0) return Dense(to, [.. Enumerable.Range(0, to.Rank)]);
        int view = to.Rank - 1;
        long inner = from.Rank == 0 ? 1 : strides[^1], count = 1, seen = 1;
        for (int axis = from.Rank - 1; axis >= 0; axis--)
        {
            count *= from[axis];
            if (axis != 0 && (from[axis - 1] == 1 || strides[axis - 1] == count * inner)) continue;
            for (; view >= 0 && (seen < count || to[view] == 1); view--)
            {
                result[view] = seen * inner;
                seen *= to[view];
            }
            if (seen != count) return null;
            if (axis > 0) (inner, count, seen) = (strides[axis - 1], 1, 1);
        }
        for (; view >= 0; view--) result[view] = 1;
        return result;
    }

    /// <summary>Notes that a part of a tensor has its elements in the same order. It has gaps, so it does not count as one with channels last.</summary>
    public void Part(Value value, Value whole)
    {
        if (IsTrained(whole)) _trainedParts.Add(value);
        if (!ReferenceEquals(value, whole) && Order(whole) is var order && !order.SequenceEqual(Enumerable.Range(0, order.Length))) _turned.TryAdd(value, order);
    }

    /// <summary>Notes that a tensor is laid out as another one of its shape.</summary>
    public void Like(Value value, Value other)
    {
        if (ReferenceEquals(value, other)) return;
        if (_last.Contains(other)) _last.Add(value);
        if (_turned.TryGetValue(other, out int[]? order)) _turned[value] = order;
    }

    /// <summary>Notes that a tensor is another one with its axes in another order, which its memory keeps.</summary>
    public void Turn(Value turned, Value data, int[] axes) =>
        // Where the axis of the data comes to lie.
        _turned[turned] = [.. Order(data).Select(a => Array.IndexOf(axes, a))];

    /// <summary>Notes what an operator has made of its arguments.</summary>
    public void Follow(string name, object?[] arguments, IReadOnlyDictionary<string, object?> named, object? result)
    {
        string plain = name[(name.LastIndexOf(':') + 1)..].TrimEnd('_');
        bool isInPlace = name.EndsWith('_'), isQuantized = arguments.Any(IsQuantized) || result is Value { Type.Quantization: not null };
        object? format = plain is "contiguous" or "to" or "clone" ? arguments.Skip(plain == "to" ? 4 : 1).LastOrDefault(a => a is long) ?? named.GetValueOrDefault("memory_format") : null;
        if (format is ChannelsLast2D or ChannelsLast3D || name.StartsWith("quantized::", StringComparison.Ordinal) && s_makers.Any(m => plain.StartsWith(m, StringComparison.Ordinal))) Mark(result);
        else if (plain == "contiguous" || plain == "clone" && format is 0L || isQuantized && s_renewers.Contains(plain) && !isInPlace) return;
        // Along an axis they are reductions, which lie in the usual order.
        else if (plain is "max" or "min" && arguments.ElementAtOrDefault(1) is not Value) return;
        else if (s_keepers.Contains(plain) || isQuantized && s_quantizedKeepers.Contains(plain) || isQuantized && s_elementwise.Contains(plain) && !isInPlace)
        {
            var data = arguments is [TorchList list, ..] ? list.Items.OfType<Value>() : arguments.OfType<Value>().Take(1);
            // is_cat_nhwc_fast_path asks for the memory's order, whatever it suggests.
            bool isFast = isQuantized && plain is "cat" or "cat_relu" && data.All(d => d.Type.Shape.Rank == 4 && IsChannelsLast(d)) && (arguments.ElementAtOrDefault(1) ?? named.GetValueOrDefault("dim")) is 1L;
            if (data.Any() && (isFast || data.All(d => Suggests(d, plain)))) Mark(result);
        }
        else if (s_elementwise.Contains(plain) && result is Value same && arguments.OfType<Value>().FirstOrDefault(a => a.Type.Shape.Equals(same.Type.Shape)) is { } like) Dense(same, like);
        if (s_parts.Contains(plain) && arguments is [Value whole, ..])
        {
            foreach (var part in result is TorchList parts ? parts.Items.OfType<Value>() : [(Value)result!]) Part(part, whole);
        }
        if (result is Value turned && arguments is [Value operand, ..] && !ReferenceEquals(turned, operand) && Permutation(plain, operand.Type.Shape.Rank, arguments, named) is { } axes)
        {
            Turn(turned, operand, axes);
        }
    }

    // Tensor::suggest_memory_format: whether the strides are like those of channels last. Pools of series have another axis while they work.
    private bool Suggests(Value value, string plain)
    {
        var shape = value.Type.Shape;
        if (shape.Rank < 3 || shape.Rank == 3 && !plain.EndsWith("pool1d", StringComparison.Ordinal)) return false;
        if (_last.Contains(value)) return true;
        long[] strides = Layout(value).Strides;
        long least = 0;
        foreach (int axis in Last(shape.Rank).Reverse())
        {
            if (shape[axis] == 0 || strides[axis] < least || axis == 0 && least == strides[1]) return false;
            least = strides[axis] * shape[axis];
        }
        return true;
    }

    // As TensorIterator makes a result: without gaps, its axes in the order of the operand's.
    private void Dense(Value result, Value operand)
    {
        if (ReferenceEquals(result, operand)) return;
        var shape = operand.Type.Shape;
        long[] strides = Layout(operand).Strides;
        int[] order = [.. Enumerable.Range(0, shape.Rank).OrderByDescending(a => strides[a])];
        int[] Wide(IEnumerable<int> axes) => [.. axes.Where(a => shape[a] > 1)];
        if (_last.Contains(operand) || shape.Rank > 2 && Wide(order).SequenceEqual(Wide(Last(shape.Rank))) && !Wide(order).SequenceEqual(Wide(order.Order()))) _last.Add(result);
        else if (!Wide(order).SequenceEqual(Wide(order.Order()))) _turned[result] = order;
    }

    private static int[] Last(int rank) => [0, .. Enumerable.Range(2, rank - 2), 1];

    // Which axis of its operand each axis of a result is; null for operators that move none, and where it is not known.
    private static int[]? Permutation(string plain, int rank, object?[] arguments, IReadOnlyDictionary<string, object?> named)
    {
        int[] axes = [.. Enumerable.Range(0, rank)];
        switch (plain)
        {
            case "permute" when arguments.ElementAtOrDefault(1) is TorchList list && list.Items.TrueForAll(i => i is long):
                return [.. list.Items.Select(i => Axis((long)i!))];
            case "transpose" or "swapaxes" when (arguments.ElementAtOrDefault(1) ?? named.GetValueOrDefault("dim0")) is long first && (arguments.ElementAtOrDefault(2) ?? named.GetValueOrDefault("dim1")) is long second:
                (axes[Axis(first)], axes[Axis(second)]) = (axes[Axis(second)], axes[Axis(first)]);
                return axes;
            case "t" or "T" or "numpy_T":
                return [.. axes.Reverse()];
            default:
                return null;
        }

        int Axis(long axis) => (int)(axis < 0 ? axis + rank : axis);
    }

    private static bool IsQuantized(object? argument) => argument is Value { Type.Quantization: not null };

    private void Mark(object? result)
    {
        if (result is Value { Type.Shape.Rank: > 2 } value) _last.Add(value);
        else if (result is object?[] tuple) foreach (object? item in tuple) Mark(item);
    }
}
