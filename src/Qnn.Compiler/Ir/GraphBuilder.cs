using Qnn.Compiler.Evaluation;

namespace Qnn.Compiler.Ir;

/// <summary>Makes a graph node by node. A node whose operands are all constants is evaluated at once, so that shapes computed from constants fold while a model is imported.</summary>
public sealed class GraphBuilder(string name)
{
    // Larger results stay in the graph as nodes, where they cost time instead of artifact bytes.
    private const long FoldLimitBytes = 64 << 20;

    private readonly List<Value> _inputs = [];
    private readonly List<Value> _outputs = [];
    private readonly List<Node> _nodes = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<Value, Node> _producers = [];
    private readonly HashSet<string> _kept = [];

    /// <summary>How many nodes added so far write variables.</summary>
    internal int VariableWrites { get; private set; }

    /// <summary>Adds an input of the graph.</summary>
    public Value AddInput(string inputName, TensorType type)
    {
        var value = Value.Input(UniqueName(inputName), type);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Takes over an input of another graph.</summary>
    public void AddInput(Value input)
    {
        _names.Add(input.Name);
        _inputs.Add(input);
    }

    /// <summary>Keeps a name for a value that is added later, until it is released: others that ask for it get another.</summary>
    internal void Keep(string valueName)
    {
        if (_names.Add(valueName)) _kept.Add(valueName);
    }

    /// <summary>Gives a kept name to the value that asks for it next.</summary>
    internal void Release(string valueName)
    {
        if (_kept.Remove(valueName)) _names.Remove(valueName);
    }

    /// <summary>Adds an output of the graph.</summary>
    public void AddOutput(Value value) => _outputs.Add(value);

    /// <summary>Adds a node with one result.</summary>
    public Value Add(Operator op, IReadOnlyList<Value?> inputs, SourceLocation location, Quantization? quantization = null, string? resultName = null) =>
        Add(op, inputs, location, [quantization], resultName is null ? null : [resultName])[0];

    /// <summary>Adds a node. Its results' types are inferred, and carry the quantization given (one entry a result; missing ones are null).</summary>
    /// <exception cref="TypeException">The operands do not fit the operator.</exception>
    public IReadOnlyList<Value> Add(Operator op, IReadOnlyList<Value?> inputs, SourceLocation location, ReadOnlySpan<Quantization?> quantization, IReadOnlyList<string>? resultNames = null)
    {
        var inferred = op.InferTypes([.. inputs.Select(i => i?.Type)]);
        var types = new TensorType[inferred.Count];
        for (int i = 0; i < types.Length; i++) types[i] = inferred[i] with { Quantization = i < quantization.Length ? quantization[i] : null };
        string NameOf(int i) => resultNames is not null && i < resultNames.Count ? resultNames[i] : location.Node.Length > 0 ? location.Node : op.Mnemonic;

        if (op.IsPure && inputs.All(i => i is null || i.IsConstant) && types.Sum(t => t.ByteLength) <= FoldLimitBytes)
        {
            var tensors = Evaluator.Evaluate(op, [.. inputs.Select(i => i?.Constant)], types);
            return [.. tensors.Select((t, i) => Value.Of(UniqueName(NameOf(i)), t))];
        }
        var results = types.Select((t, i) => Value.Result(UniqueName(NameOf(i)), t)).ToArray();
        Append(new Node(op, [.. inputs], results, location));
        return results;
    }

    /// <summary>Takes over a node of another graph, its results included.</summary>
    public void Add(Node node)
    {
        foreach (var output in node.Outputs) _names.Add(output.Name);
        Append(node);
    }

    /// <summary>The node added so far that makes a value, or null.</summary>
    public Node? Producer(Value value) => _producers.GetValueOrDefault(value);

    /// <summary>Finishes and verifies the graph.</summary>
    public Graph Build()
    {
        var graph = new Graph(name, [.. _inputs], [.. _outputs], [.. _nodes]);
        GraphVerifier.Verify(graph);
        return graph;
    }

    private void Append(Node node)
    {
        _nodes.Add(node);
        if (!node.Operator.IsPure) VariableWrites++;
        foreach (var output in node.Outputs) _producers[output] = node;
    }

    private string UniqueName(string wish)
    {
        if (_names.Add(wish)) return wish;
        for (int i = 1; ; i++)
        {
            string candidate = $"{wish}#{i}";
            if (_names.Add(candidate)) return candidate;
        }
    }
}
