using System.Runtime.InteropServices;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir;

/// <summary>Makes a graph node by node. A node whose operands are all constants is evaluated at once, so that shapes computed from constants fold while a model is imported.</summary>
public sealed class GraphBuilder(string name)
{
    // Larger results stay in the graph as nodes, where they cost time instead of artifact bytes.
    private const long FoldLimitBytes = 64 << 20;
    private const int MostDepth = 256;

    private readonly List<Value> _inputs = [];
    private readonly List<Value> _outputs = [];
    private readonly List<Node> _nodes = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<Value, Node> _producers = [];
    private readonly HashSet<string> _kept = [];
    private readonly Dictionary<Value, IReadOnlyList<Varying>> _varying = [];
    private readonly Dictionary<Value, Bounds?> _bounds = [];
    private readonly Dictionary<(Value Count, int Factor), Value> _scaled = [];
    private int _depth;

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
        foreach (var type in types.Concat(inputs.Where(i => i is not null).Select(i => i!.Type)))
        {
            if (!type.FitsQuantization) throw new TypeException($"there are {type.Quantization!.Scales.Length} scales for {type}");
        }
        string NameOf(int i) => resultNames is not null && i < resultNames.Count ? resultNames[i] : location.Node.Length > 0 ? location.Node : op.Mnemonic;

        if (op.IsPure && inputs.All(i => i is null || i.IsConstant) && types.Sum(t => t.ByteLength) <= FoldLimitBytes)
        {
            var tensors = Evaluator.Evaluate(op, [.. inputs.Select(i => i?.Constant)], types);
            return [.. tensors.Select((t, i) => Value.Of(UniqueName(NameOf(i)), t))];
        }
        var varying = Carried(op, inputs, types);
        var results = types.Select((t, i) => Value.Result(UniqueName(NameOf(i)), t)).ToArray();
        Append(new Node(op, [.. inputs], results, location));
        if (varying.Count > 0) foreach (var result in results) _varying[result] = varying;
        return results;
    }

    /// <summary>The axes of a value whose extents are known at run time only, in their order.</summary>
    internal IReadOnlyList<Varying> VaryingOf(Value value) => _varying.GetValueOrDefault(value) ?? [];

    /// <summary>Says which axes of a value have extents that are known at run time only.</summary>
    internal void Vary(Value value, params IEnumerable<Varying> varying)
    {
        Varying[] axes = [.. varying.OrderBy(v => v.Axis)];
        if (axes.Length == 0) _varying.Remove(value); else _varying[value] = axes;
    }

    /// <summary>The least and the greatest that elements of a value can be; null where that is not known.</summary>
    internal Bounds? BoundsOf(Value value)
    {
        if (_bounds.TryGetValue(value, out var known)) return known;
        // A long chain of numbers is none of extents.
        if (value.IsConstant) known = Bounds.Of(value.Constant!);
        else if (Producer(value) is { } node && _depth < MostDepth)
        {
            _depth++;
            known = node.Operator.BoundsOf(node.Outputs.ToList().IndexOf(value), [.. node.Inputs.Select(i => i is null ? null : BoundsOf(i))], [.. node.Inputs.Select(i => i?.Type)]);
            _depth--;
            if (known?.Elements.Any(e => double.IsNaN(e.Low) || double.IsNaN(e.High)) == true) known = null;
        }
        return _bounds[value] = known;
    }

    // The axes of the results that vary because those of operands do.
    private IReadOnlyList<Varying> Carried(Operator op, IReadOnlyList<Value?> inputs, IReadOnlyList<TensorType> outputs)
    {
        if (_varying.Count == 0) return [];
        var carried = new SortedDictionary<int, Varying>();
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is not { } input) continue;
            var all = VaryingOf(input);
            foreach (var varying in all)
            {
                int? at = op.CarriedAxis(i, varying.Axis, [.. inputs.Select(v => v?.Type)], outputs);
                if (at is null && all.Count == 1 && op is Reshape && Merged(varying, input.Type.Shape, outputs[0].Shape) is { } merged) return [merged];
                int axis = at ?? throw new VaryingException($"{op.Mnemonic} takes all entries of axis {varying.Axis} of {input}");
                if (axis == Operator.Dropped) continue;
                if (carried.TryGetValue(axis, out var other) && other.Count != varying.Count) throw new VaryingException($"{op.Mnemonic} has several lengths");
                carried[axis] = varying with { Axis = axis };
            }
        }
        return [.. carried.Values];
    }

    /// <summary>How many nodes there are so far.</summary>
    internal int NodeCount => _nodes.Count;

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

    // An axis in front of which there is none: joined with those behind it, or parted again, its entries stay at the beginning.
    private Varying? Merged(Varying varying, Shape from, Shape to)
    {
        if (from.Take(varying.Axis).Any(e => e != 1) || from.ElementCount == 0) return null;
        int axis = 0;
        while (axis < to.Rank - 1 && to[axis] == 1) axis++;
        int bound = from[varying.Axis];
        if (to[axis] > bound && to[axis] % bound == 0) return new Varying(axis, Scaled(varying.Count, to[axis] / bound));
        return to[axis] > 0 && bound % to[axis] == 0 && _scaled.FirstOrDefault(s => s.Value == varying.Count) is { Value: not null } scaled && scaled.Key.Factor == bound / to[axis] ? new Varying(axis, scaled.Key.Count) : null;
    }

    private Value Scaled(Value count, int factor)
    {
        if (_scaled.TryGetValue((count, factor), out var known)) return known;
        return _scaled[(count, factor)] = Add(new Binary(BinaryKind.Multiply), [count, Value.Of("factor", Tensor.Scalar((long)factor))], SourceLocation.None, null, count.Name + "/entries");
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
        // From the last number on that was given: loops that are written out have thousands of one name.
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, wish, out _);
        while (true)
        {
            string candidate = $"{wish}#{++number}";
            if (_names.Add(candidate)) return candidate;
        }
    }
}
