using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Passes;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>
/// Joined tensors that go into one other joined tensor along the same axis and nowhere else: libtorch joins all their parts at once before it runs a graph (CombineConcats of concat_opt.cpp).
/// Where scales differ parts are then quantized once, to the scale of the whole, and not twice. Who else uses a tensor is known at the end only, so both ways are in the graph until then.
/// </summary>
internal sealed class CombinedConcats
{
    private readonly Dictionary<Value, (Value[] Parts, object? Axis)> _joined = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Value Joined, Value Apart, Value AtOnce)> _choices = [];

    /// <summary>Notes that aten::cat has made a tensor of parts.</summary>
    public void Note(Value joined, Value[] parts, object? axis) => _joined.TryAdd(joined, (parts, axis));

    /// <summary>The parts of a tensor that aten::cat has made along an axis, as the code names it; null for others.</summary>
    public Value[]? PartsOf(Value value, object? axis) => axis is long && _joined.TryGetValue(value, out var made) && axis.Equals(made.Axis) ? made.Parts : null;

    /// <summary>Notes what stands for a joined tensor in another one: itself in another scale, or its parts quantized at once.</summary>
    public void Choose(Value joined, Value apart, Value atOnce) => _choices.Add((joined, apart, atOnce));

    /// <summary>Notes that an operator or the caller takes a tensor, or a list of them.</summary>
    public void Use(object? argument)
    {
        foreach (var value in argument switch { Value one => [one], TorchList list => list.Items.OfType<Value>(), object?[] tuple => tuple.OfType<Value>(), _ => [] })
        {
            _uses[value] = _uses.GetValueOrDefault(value) + 1;
        }
    }

    /// <summary>The graph with each choice made.</summary>
    public Graph Combine(Graph graph)
    {
        var replaced = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        foreach (var (joined, apart, atOnce) in _choices)
        {
            if (_uses.GetValueOrDefault(joined) == 1) replaced[apart] = atOnce;
        }
        if (_choices.Count == 0) return graph;
        Node[] nodes = [.. graph.Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select(i => i is null ? null : replaced.GetValueOrDefault(i, i))] })];
        return DeadCodeElimination.Eliminate(new Graph(graph.Name, graph.Inputs, graph.Outputs, nodes));
    }
}
