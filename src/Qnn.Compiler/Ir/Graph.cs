namespace Qnn.Compiler.Ir;

/// <summary>A model between import and lowering: nodes in an order in which operands come before their uses. Immutable; passes make new graphs.</summary>
public sealed class Graph
{
    private readonly Dictionary<Value, Node> _producers = [];
    private readonly Dictionary<Value, List<Node>> _users = [];

    /// <summary>Creates a graph; see <see cref="GraphBuilder"/>.</summary>
    public Graph(string name, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, IReadOnlyList<Node> nodes)
    {
        (Name, Inputs, Outputs, Nodes) = (name, inputs, outputs, nodes);
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs) _producers[output] = node;
            foreach (var input in node.Inputs)
            {
                if (input is null) continue;
                if (!_users.TryGetValue(input, out var users)) _users[input] = users = [];
                users.Add(node);
            }
        }
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>Inputs, in the source model's order.</summary>
    public IReadOnlyList<Value> Inputs { get; }

    /// <summary>Outputs, in the source model's order. May be inputs or constants, and one value may stand twice.</summary>
    public IReadOnlyList<Value> Outputs { get; }

    /// <summary>Nodes, operands before uses.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The node that makes a value, or null for inputs, constants and variables.</summary>
    public Node? Producer(Value value) => _producers.GetValueOrDefault(value);

    /// <summary>The nodes that take a value, in order; one that takes it twice stands twice.</summary>
    public IReadOnlyList<Node> Users(Value value) => _users.TryGetValue(value, out var users) ? users : [];

    /// <summary>The only node that takes a value which is no output of the graph; null otherwise.</summary>
    public Node? OnlyUser(Value value) => Users(value) is [var user] && !Outputs.Contains(value) ? user : null;

    /// <summary>Multiply-adds of one evaluation.</summary>
    public long MultiplyAdds => Nodes.Sum(n => n.Operator.MultiplyAdds([.. n.Inputs.Select(i => i?.Type)], [.. n.Outputs.Select(o => o.Type)]));
}
