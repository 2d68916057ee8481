using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Passes;

/// <summary><c>f(x), f(x) => one f(x)</c>: nodes of one operator, equal operands and equal results are computed once, as where queries, keys and values quantize the same data apart. Results of the graph keep their node, and so their name.</summary>
public sealed class ShareResults : GraphPass
{
    /// <inheritdoc/>
    public override string Name => "share-results";

    /// <inheritdoc/>
    public override Graph Run(Graph graph)
    {
        var known = new Dictionary<Computation, Node>();
        var replaced = new Dictionary<Value, Value>();
        var outputs = new HashSet<Value>(graph.Outputs);
        var builder = new GraphBuilder(graph.Name);
        foreach (var input in graph.Inputs) builder.AddInput(input);
        foreach (var node in graph.Nodes)
        {
            var current = node with { Inputs = [.. node.Inputs.Select(i => i is null ? null : replaced.GetValueOrDefault(i, i))] };
            if (CanShare(node) && !known.TryAdd(new Computation(current), current) && !node.Outputs.Any(outputs.Contains))
            {
                var same = known[new Computation(current)];
                for (int i = 0; i < node.Outputs.Count; i++) replaced[node.Outputs[i]] = same.Outputs[i];
                continue;
            }
            builder.Add(current);
        }
        if (replaced.Count == 0) return graph;
        foreach (var output in graph.Outputs) builder.AddOutput(output);
        return builder.Build();
    }

    private static bool CanShare(Node node) => node.Operator.IsPure && !node.Inputs.Any(i => i?.Kind == ValueKind.Variable);

    // What a node computes, compared by value.
    private sealed class Computation(Node node) : IEquatable<Computation>
    {
        private readonly Node _node = node;

        public bool Equals(Computation? other) =>
            other is not null && _node.Operator.Equals(other._node.Operator) && _node.Inputs.SequenceEqual(other._node.Inputs, OperandComparer.Instance)
            && _node.Outputs.Select(o => o.Type).SequenceEqual(other._node.Outputs.Select(o => o.Type));

        public override bool Equals(object? obj) => Equals(obj as Computation);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(_node.Operator);
            foreach (var input in _node.Inputs) hash.Add(input, OperandComparer.Instance);
            return hash.ToHashCode();
        }
    }

    // Constants by their contents, other values by reference.
    private sealed class OperandComparer : IEqualityComparer<Value?>
    {
        // Enough to tell scales and zero points apart; weights differ in their first bytes as well.
        private const int HashedBytes = 64;

        public static OperandComparer Instance { get; } = new();

        public bool Equals(Value? a, Value? b) =>
            ReferenceEquals(a, b) || a is { IsConstant: true, Constant: { } first } && b is { IsConstant: true, Constant: { } second } && first.Type.Equals(second.Type) && first.Bytes.Span.SequenceEqual(second.Bytes.Span);

        public int GetHashCode(Value? value)
        {
            if (value is not { IsConstant: true, Constant: { } constant }) return value?.GetHashCode() ?? 0;
            var hash = new HashCode();
            hash.Add(constant.Bytes.Length);
            hash.AddBytes(constant.Bytes.Span[..Math.Min(HashedBytes, constant.Bytes.Length)]);
            return hash.ToHashCode();
        }
    }
}
