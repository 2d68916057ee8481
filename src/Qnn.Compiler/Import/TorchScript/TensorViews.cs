using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Import.TorchScript.Operators;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>
/// Which tensors are views of others, as <c>x[:, :3]</c> is of <c>x</c>: what is written to one changes the tensor that it is seen through. Values of the graph never change;
/// so a write makes a new tensor, and whoever holds the old one or a view of it gets the new one, or the view of that.
/// </summary>
internal sealed class TensorViews
{
    private const int MaxDepth = 8;

    private static readonly HashSet<string> s_makers =
    [
        "slice", "select", "narrow", "view", "reshape", "_reshape_alias", "flatten", "unflatten", "squeeze", "unsqueeze", "permute", "transpose", "swapaxes", "movedim", "moveaxis", "t", "T", "numpy_T",
        "chunk", "split", "split_with_sizes", "unbind", "unfold", "expand", "expand_as", "broadcast_to",
    ];

    // Tensors that see the memory of others by strides of their own, and what those are parts of: what a write to the ones does to the others is not followed.
    private readonly Dictionary<Value, Value> _strided = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, View> _views = new(ReferenceEqualityComparer.Instance);

    /// <summary>A tensor seen through another: that one, and how the view of any tensor of its shape comes about.</summary>
    private sealed record View(Value Of, Func<Value, Value> Again);

    /// <summary>Notes what an operator made, if it made views of its first argument; <paramref name="again"/> runs it on another one.</summary>
    public void Note(string name, object?[] arguments, object? result, Func<Value, object?> again)
    {
        if (arguments is [Value memory, ..] && result is Value strided && name == "aten::as_strided") _strided.TryAdd(strided, PathOf(memory).Root);
        if (arguments is not [Value data, ..] || !IsView(name)) return;
        if (result is Value one) Note(one, data, other => (Value)again(other)!);
        else if (result is TorchList several)
        {
            for (int i = 0; i < several.Items.Count; i++)
            {
                int place = i;
                Note((Value)several.Items[i]!, data, other => (Value)((TorchList)again(other)!).Items[place]!);
            }
        }
    }

    /// <summary>Whether an operator only sees a tensor in another way, as <c>unsqueeze_</c> does in place.</summary>
    public static bool IsView(string name) => s_makers.Contains(name[(name.LastIndexOf(':') + 1)..].TrimEnd('_'));

    /// <summary>What becomes of tensors that are held when one is changed in place.</summary>
    /// <param name="call">The operator that changes it.</param>
    /// <param name="old">The tensor.</param>
    /// <param name="changed">Its new contents.</param>
    /// <returns>A function that gives the new tensor for every old one; those that do not change stay.</returns>
    public Func<Value, Value> Write(TorchCall call, Value old, Value changed)
    {
        var (root, path) = PathOf(old);
        if (_strided.ContainsKey(root) || _strided.ContainsValue(root)) throw call.Unsupported("it writes to what as_strided sees in another way");
        if (changed.Type.Element != root.Type.Element || !changed.Type.Shape.Equals(old.Type.Shape)) throw call.Unsupported($"it writes {changed.Type} into {old.Type}");
        if (!ReferenceEquals(root, old) && !Equals(changed.Type.Quantization, root.Type.Quantization)) throw call.Unsupported($"it writes {changed.Type} into a part of {root.Type}");
        var current = ReferenceEquals(root, old) ? changed : BoxOf(call, old, root) is { } begin ? PutBox(call, root, begin, changed) : Put(call, root, path, changed);
        call.Formats.Like(current, root);
        var known = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance) { [root] = current };
        return Renewed;

        Value Renewed(Value held)
        {
            if (known.TryGetValue(held, out var renewed)) return renewed;
            if (!_views.TryGetValue(held, out var view)) return held;
            var of = Renewed(view.Of);
            if (ReferenceEquals(of, view.Of)) return held;
            renewed = view.Again(of);
            Note(renewed, of, view.Again);
            return known[held] = renewed;
        }
    }

    /// <summary>Replaces tensors in what variables hold, lists and tuples included.</summary>
    public static object? Renew(object? held, Func<Value, Value> renew, int depth = 0)
    {
        switch (held)
        {
            case Value value:
                return renew(value);
            case TorchList list when depth < MaxDepth:
                for (int i = 0; i < list.Items.Count; i++) list.Items[i] = Renew(list.Items[i], renew, depth + 1);
                return list;
            case TorchDictionary dictionary when depth < MaxDepth:
                foreach (object key in dictionary.Items.Keys.ToArray()) dictionary.Items[key] = Renew(dictionary.Items[key], renew, depth + 1);
                return dictionary;
            case object?[] tuple when depth < MaxDepth:
                for (int i = 0; i < tuple.Length; i++) tuple[i] = Renew(tuple[i], renew, depth + 1);
                return tuple;
            default:
                return held;
        }
    }

    private void Note(Value view, Value of, Func<Value, Value> again)
    {
        if (!ReferenceEquals(view, of)) _views.TryAdd(view, new View(of, again));
    }

    // The tensor that is no view, and how to come from it to the view.
    private (Value Root, List<Func<Value, Value>> Path) PathOf(Value value)
    {
        List<Func<Value, Value>> path = [];
        while (_views.TryGetValue(value, out var view))
        {
            path.Add(view.Again);
            value = view.Of;
        }
        path.Reverse();
        return (value, path);
    }

    // Where a tensor begins that was cut out of another one; null where it is seen in another way.
    private static int[]? BoxOf(TorchCall call, Value value, Value root)
    {
        var begin = new int[root.Type.Shape.Rank];
        while (!ReferenceEquals(value, root))
        {
            if (call.Builder.Producer(value) is not { Operator: StridedSlice slice } node || value.Type.Shape.Rank != begin.Length || slice.Strides.Any(s => s != 1)) return null;
            for (int a = 0; a < begin.Length; a++) begin[a] += slice.Begin[a];
            value = node.Input(0);
        }
        return begin;
    }

    // The tensor with other contents in a box, put together again axis by axis, the last one first.
    private static Value PutBox(TorchCall call, Value root, int[] begin, Value contents)
    {
        int[] box = contents.Type.Shape.ToArray();
        for (int axis = begin.Length - 1; axis >= 0; axis--)
        {
            int extent = root.Type.Shape[axis], end = begin[axis] + box[axis];
            if (box[axis] == extent) continue;
            var around = root;
            for (int a = 0; a < axis; a++) around = Shaping.Along(call, around, a, begin[a], 1, box[a]);
            List<Value> parts = [];
            if (begin[axis] > 0) parts.Add(Shaping.Along(call, around, axis, 0, 1, begin[axis]));
            parts.Add(contents);
            if (end < extent) parts.Add(Shaping.Along(call, around, axis, end, 1, extent - end));
            contents = call.EmitQuantized(new Concat(axis), root.Type.Quantization, parts);
        }
        return contents;
    }

    // The tensor with other contents where the view sees it. The view of the elements' numbers tells where that is.
    private static Value Put(TorchCall call, Value root, List<Func<Value, Value>> path, Value contents)
    {
        int count = root.Type.Shape.ElementCount;
        var numbers = TorchCall.Constant(Tensor.Of<int>(root.Type.Shape, [.. Enumerable.Range(0, count)]));
        long[] places = path.Aggregate(numbers, (view, next) => next(view)).Constant?.ToInt64() ?? throw call.Unsupported("the places that it writes to are known at run time only");
        if (places.Length == 0) return root;
        var seen = new bool[count];
        foreach (long place in places) seen[place] = true;
        if (seen.Count(s => s) != places.Length) throw call.Unsupported("it writes to an element that the view has several times");
        int run = Run(places, count);
        var rows = TorchCall.Constant(Tensor.Of<long>(new Shape(places.Length / run, 1), [.. places.Where((_, i) => i % run == 0).Select(p => p / run)]));
        var quantization = root.Type.Quantization;
        if (quantization is { IsPerChannel: true }) throw call.Unsupported("its data is quantized per channel");
        var all = new Shape(count / run, run);
        var result = call.EmitQuantized(new ScatterNd(all, ScatterReduction.None), quantization, rows, call.Reshape(contents, places.Length / run, run), call.Reshape(root, all.Span));
        return call.Reshape(result, root.Type.Shape.Span);
    }

    // The most elements that follow each other wherever the first of them stands, at a multiple of their number.
    private static int Run(long[] places, int count)
    {
        int run = 1;
        while (run < places.Length && places[run] == places[0] + run) run++;
        for (; run > 1; run--)
        {
            if (count % run == 0 && places.Length % run == 0 && IsRun(run)) break;
        }
        return run;

        bool IsRun(int length)
        {
            for (int i = 0; i < places.Length; i++)
            {
                if (i % length == 0 ? places[i] % length != 0 : places[i] != places[i - 1] + 1) return false;
            }
            return true;
        }
    }
}
