using System.Reflection;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// An ONNX graph to a graph of ours, node by node, each by the method that <see cref="OnnxOperatorAttribute"/> marks.
/// A value is imported when it is first asked for, so that a node can look at the QuantizeLinear behind it.
/// </summary>
internal sealed class OnnxImporter
{
    private const int MaxDepth = 256;
    private static readonly Lazy<Dictionary<(string Domain, string Name), Action<OnnxNode>>> s_operators = new(Discover);
    private static readonly Lazy<Dictionary<(string Domain, string Name), VaryingOperands>> s_varying = new(() => Methods().ToDictionary(m => (m.Operator.Domain, m.Operator.Name), m => m.Operator.Varying));

    private readonly ModelProto _model;
    private readonly GraphProto _graph;
    private readonly OnnxImporter? _outer;
    private readonly string? _folder;
    private readonly Dictionary<string, Value> _values = [];
    private readonly Dictionary<string, IReadOnlyList<Value>> _sequences = [];
    private readonly Dictionary<string, TensorProto> _initializers = [];
    private readonly Dictionary<string, int> _producers = [];
    private readonly Dictionary<string, List<int>> _consumers = [];
    private readonly HashSet<string> _outputs = [];
    private readonly HashSet<string> _atRunTime = [];
    private readonly Dictionary<Value, Value> _quantized;
    private readonly HashSet<int> _done = [];
    private readonly HashSet<int> _taken = [];
    private readonly HashSet<string> _wanted = [];
    private readonly HashSet<string> _halves;
    private readonly Dictionary<Value, Value> _rounded = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<int> _running = [];
    private readonly Lazy<bool> _statesShapes, _hidesShapes;
    private readonly StatedExtents _extents, _extentsAhead;
    private readonly Lazy<Dictionary<string, ValueInfoProto>> _statedExtents;
    private readonly Lazy<HashSet<string>> _openShapes;

    private OnnxImporter(ModelProto model, GraphProto graph, string? folder, GraphBuilder builder, OnnxImporter? outer)
    {
        (_model, _graph, _folder, Builder, _outer, _quantized, _halves) = (model, graph, folder, builder, outer, outer?._quantized ?? [], outer?._halves ?? []);
        Blocks = outer?.Blocks ?? new ChannelBlocks(this);
        VaryingAxes = outer?.VaryingAxes ?? new VaryingAxes(builder);
        _statesShapes = new Lazy<bool>(StatesInputs);
        _hidesShapes = new Lazy<bool>(() => _graph.Node.Any(HidesShape));
        _statedExtents = new Lazy<Dictionary<string, ValueInfoProto>>(() => _graph.ValueInfo.DistinctBy(v => v.Name).ToDictionary(v => v.Name));
        _extents = new StatedExtents(this, ProducerOf, ExtentsOf, isAhead: false);
        _extentsAhead = new StatedExtents(this, ProducerOf, ExtentsOf, isAhead: true);
        _openShapes = new Lazy<HashSet<string>>(() => OpenShapes.Of(_graph, name => _initializers.ContainsKey(name) || _outer?.IsKnownAtLoad(name) == true));
        Transposes = new PushedTransposes(this, ProducerOf, UsersOf);
        TransposesAhead = new PushedTransposes(this, ProducerOf, UsersOf);
        Halves = new HalfPrecision(this, () => _graph.Node, ProducerOf, UsersOf);
        Patterns = new OnnxPatterns(this, ProducerOf, OnlyUser, index => _graph.Node[index], UsersOf);
    }

    /// <summary>The graph in the making.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>Axes whose extents are known at run time only.</summary>
    public VaryingAxes VaryingAxes { get; }

    /// <summary>What is done with operands of a node that have such an axis.</summary>
    public VaryingOperands TakesVarying(NodeProto node) => s_varying.Value.GetValueOrDefault((Domain(node.Domain), node.OpType));

    /// <summary>The operators that can be imported, for reports and tests.</summary>
    public static IEnumerable<(string Domain, string Name)> SupportedOperators => s_operators.Value.Keys.Order();

    /// <summary>Imports a model.</summary>
    /// <exception cref="ModelException">The model is malformed, or has parts that are not supported; all of those at once.</exception>
    public static Graph Import(ModelProto model, string name, InputShapes inputShapes, string? folder, CancellationToken cancellation)
    {
        NeutralNodes.Remove(model.Graph);
        RepeatedQuantizers.Merge(model.Graph);
        DoubleQuantizers.Join(model.Graph);
        return new OnnxImporter(model, model.Graph, folder, new GraphBuilder(name), null).Run(inputShapes, cancellation);
    }

    /// <summary>Imports a graph inside this one, which sees the values around it, and returns its results.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="operands">What its inputs are, in their order.</param>
    public IReadOnlyList<OnnxOperand> Inline(GraphProto graph, params IReadOnlyList<OnnxOperand> operands)
    {
        var importer = new OnnxImporter(_model, graph, _folder, Builder, this);
        for (int i = 0; i < operands.Count; i++) importer.Bind(graph.Input[i].Name, operands[i]);
        return importer.Results();
    }

    /// <summary>Says what a name is, a value or a sequence of them.</summary>
    public void Bind(string name, OnnxOperand operand)
    {
        if (operand.Tensor is { } tensor) Bind(name, tensor);
        else _sequences[name] = operand.Sequence;
    }

    /// <summary>What a name is, a value or a sequence of them.</summary>
    public OnnxOperand OperandOf(string name, OnnxNode? user)
    {
        if (_producers.TryGetValue(name, out int producer) && !_values.ContainsKey(name) && !_sequences.ContainsKey(name)) ImportNode(producer);
        if (_sequences.TryGetValue(name, out var sequence)) return new OnnxOperand(sequence);
        return _outer is null || _values.ContainsKey(name) || _initializers.ContainsKey(name) ? new OnnxOperand(ValueOf(name, user)) : _outer.OperandOf(name, user);
    }

    /// <summary>
    /// Says what a named value is. Half precision is single precision here: ONNX Runtime has few operators of halves on CPUs, computes in single precision, and takes the roundings between its operators out.
    /// </summary>
    public void Bind(string name, Value value)
    {
        if (value.Type.Element == ElementType.F16)
        {
            MarkHalf(name);
            value = Builder.Add(new Cast(ElementType.F32), [value], new SourceLocation(name, "Cast"), null, name + "/single");
        }
        _values[name] = value;
    }

    /// <summary>A real value rounded to half precision.</summary>
    public Value Rounded(Value value)
    {
        if (value.Type.Element != ElementType.F32) return value;
        if (_rounded.TryGetValue(value, out var known)) return known;
        var location = new SourceLocation(value.Name, "Cast");
        var half = Builder.Add(new Cast(ElementType.F16), [value], location, null, value.Name + "/half");
        var rounded = Builder.Add(new Cast(ElementType.F32), [half], location, null, value.Name + "/rounded");
        return _rounded[value] = _rounded[rounded] = rounded;
    }

    /// <summary>A name for a value of the file rounded to half precision.</summary>
    public string RoundedName(string name)
    {
        string rounded = name + "/rounded";
        if (!_values.ContainsKey(rounded)) Bind(rounded, Rounded(ValueOf(name, null)));
        return rounded;
    }

    /// <summary>Says that a value is one of half precision in the file.</summary>
    public void MarkHalf(string name) => _halves.Add(name);

    /// <summary>Whether a value is one of half precision in the file.</summary>
    public bool IsHalf(string name) => _halves.Contains(name) || _initializers.TryGetValue(name, out var tensor) && OnnxTensors.TypeOf(tensor.DataType) == ElementType.F16;

    /// <summary>The value of a name, imported with its node where that has not been done.</summary>
    public Value ValueOf(string name, OnnxNode? user)
    {
        if (_values.TryGetValue(name, out var known)) return known;
        if (_initializers.TryGetValue(name, out var initializer))
        {
            Bind(name, Value.Of(name, OnnxTensors.Read(initializer, _folder)));
            return _values[name];
        }
        if (_producers.TryGetValue(name, out int producer))
        {
            ImportNode(producer);
            if (_values.TryGetValue(name, out var made)) return made;
            // It went into a result of several nodes, and another asks for it all the same: its node is imported once more, for itself.
            if (_done.Contains(producer) && !_sequences.ContainsKey(name) && _wanted.Add(name))
            {
                _done.Remove(producer);
                ImportNode(producer);
                if (_values.TryGetValue(name, out made)) return made;
            }
        }
        if (_sequences.ContainsKey(name)) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{user?.Location.ToString() ?? "The graph"}: '{name}' is a sequence.");
        if (_outer is not null) return _outer.ValueOf(name, user);
        throw new ModelException(DiagnosticCodes.InconsistentModel, $"{user?.Location.ToString() ?? "The graph"} takes '{name}', which nothing makes.");
    }

    /// <summary>The value of a name whose node has been imported; null where that is not so, or another node took it over.</summary>
    public Value? KnownValue(string name) => _values.GetValueOrDefault(name);

    /// <summary>Remembers that a real value is another one made real.</summary>
    public void RememberQuantized(Value real, Value quantized) => _quantized[real] = quantized;

    /// <summary>The quantized value that a real one was made from; null where there is none.</summary>
    public Value? QuantizedForm(Value real) => _quantized.GetValueOrDefault(real);

    // Operators that ONNX Runtime moves a QuantizeLinear in front of (QDQPropagation).
    private static readonly HashSet<string> s_moving = ["MaxPool", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Slice"];

    /// <summary>Whether a node moves elements, so that a QuantizeLinear moves in front of it, and a DequantizeLinear behind it. Integers came to MaxPool in version 12.</summary>
    public static bool Moves(NodeProto node, long opset) => s_moving.Contains(node.OpType) && (node.OpType != "MaxPool" || opset >= 12);

    /// <summary>
    /// The QuantizeLinear that takes a node's only result, alone, with one scale and zero point. A Relu or Clip between them that quantizing does anyway is passed over, as ONNX Runtime removes it,
    /// and so are operators that only move elements, which then move quantized ones.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="clamps">Whether a Relu or Clip may do more: then it narrows the range.</param>
    public QuantizeTarget? Following(OnnxNode node, bool clamps = false)
    {
        string name = node.Proto.Output[0], moved = name;
        var passed = new List<int>();
        bool moves = false;
        while (true)
        {
            if (OnlyUser(name) is not { } user) return null;
            var next = _graph.Node[user];
            if (next.OpType == "QuantizeLinear") return Target(user, passed, moves ? moved : null, clamps);
            if (Moves(next, node.Opset) && next.Input[0] == name && next.Output.Count == 1)
            {
                moves = true;
            }
            else
            {
                if (next.OpType is not ("Relu" or "Clip") || passed.Count > 0 || moves) return null;
                passed.Add(user);
                moved = next.Output[0];
            }
            name = next.Output[0];
        }
    }

    /// <summary>Whether a node's only result goes to a QuantizeLinear alone, by way of Relus and Clips, and of operators that move elements.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isReshaped">Whether a Reshape stands behind the node: no Relu or Clip may follow then.</param>
    public bool LeadsToQuantize(OnnxNode node, bool isReshaped)
    {
        for (var at = node.Proto; OnlyUser(at.Output[0]) is { } user;)
        {
            at = _graph.Node[user];
            if (at.OpType == "QuantizeLinear") return true;
            if (at.OpType is "Relu" or "Clip" ? isReshaped : !Moves(at, node.Opset)) return false;
        }
        return false;
    }

    /// <summary>Whether a QuantizeLinear is among several that take a node's first result, or takes it behind a Relu or Clip.</summary>
    public bool IsQuantizedBehind(OnnxNode node) =>
        Following(node, clamps: true) is not null || _consumers.TryGetValue(node.Proto.Output[0], out var users) && users.Any(u => _graph.Node[u].OpType == "QuantizeLinear");

    /// <summary>The same of a node by its place in the file.</summary>
    public bool IsQuantizedBehind(int index) => IsQuantizedBehind(NodeAt(index));

    /// <summary>Whether the result of a node, by its place in the file, goes to a QuantizeLinear by way of a Reshape.</summary>
    public bool LeadsToQuantize(int index) => LeadsToQuantize(NodeAt(index), isReshaped: true);

    /// <summary>Whether ONNX Runtime knows all extents of a value when it loads the file: some of its fusions ask for them.</summary>
    public bool StatesShape(string name) => FollowsFromInputs ? !_openShapes.Value.Contains(name) : _extents.AreStated(name);

    /// <summary>Whether it knows then that two values have one shape, perhaps but for how many batches both have.</summary>
    public bool StatesOneShape(string a, string b) => FollowsFromInputs ? StatesShape(a) && StatesShape(b) : _extents.Agree(a, b);

    // With the inputs' extents all others are known.
    private bool FollowsFromInputs => _statesShapes.Value && !_hidesShapes.Value;

    /// <summary>Whether ONNX has no shape inference for a node: of comparisons that came in version 12, until 16. ONNX Runtime does not compute it when it loads the model either.</summary>
    public bool HidesShape(NodeProto node) => node.OpType is "GreaterOrEqual" or "LessOrEqual" && _model.OpsetImport.FirstOrDefault(o => Domain(o.Domain).Length == 0)?.Version < 16;

    // Whether the file states all extents of its inputs.
    private bool StatesInputs() => _model.Graph.Input.Where(i => !_model.Graph.Initializer.Any(t => t.Name == i.Name)).All(i => i.Type?.TensorType?.Shape is { } shape && shape.Dim.All(d => d.HasDimValue));

    // The extents that the file gives of an input, of what it stores, or of what a node makes; those of a graph around this one are not followed.
    private string?[]? ExtentsOf(string name)
    {
        if (_initializers.TryGetValue(name, out var tensor)) return [.. tensor.Dims.Select(e => e == 1 ? StatedExtents.One : StatedExtents.Stated)];
        return (_graph.Input.FirstOrDefault(i => i.Name == name) ?? _statedExtents.Value.GetValueOrDefault(name))?.Type?.TensorType?.Shape is { } shape
            ? [.. shape.Dim.Select(d => d.HasDimValue ? d.DimValue == 1 ? StatedExtents.One : StatedExtents.Stated : string.IsNullOrEmpty(d.DimParam) ? null : ":" + d.DimParam)]
            : null;
    }

    /// <summary>Images by blocks of channels.</summary>
    public ChannelBlocks Blocks { get; }

    /// <summary>Transposes that ONNX Runtime moves behind other operators.</summary>
    public PushedTransposes Transposes { get; }

    /// <summary>The same of nodes that may not be imported yet.</summary>
    public PushedTransposes TransposesAhead { get; }

    /// <summary>Whether another node has taken a node over.</summary>
    public bool IsTaken(NodeProto node) => _taken.Contains(_graph.Node.IndexOf(node));

    /// <summary>Whether a value stands before a node in the file, or is none of a node.</summary>
    public bool IsBefore(string name, int index) => !_producers.TryGetValue(name, out int producer) || producer < index;

    /// <summary>Whether a name is a result of the graph.</summary>
    public bool IsOutput(string name) => _outputs.Contains(name);

    /// <summary>
    /// Whether a value follows from what the file stores, so that ONNX Runtime computes it when it loads the model, before it joins operators. What a DequantizeLinear makes real it does not, nor what operators of its own make.
    /// </summary>
    public bool IsKnownAtLoad(string name) => _producers.ContainsKey(name) || _initializers.ContainsKey(name) ? !_atRunTime.Contains(name) : _outer?.IsKnownAtLoad(name) == true;

    /// <summary>Whether a name is an input of the model.</summary>
    public bool IsInput(string name) => _model.Graph.Input.Any(i => i.Name == name);

    /// <summary>What is computed on numbers of half precision.</summary>
    public HalfPrecision Halves { get; }

    /// <summary>Whether ONNX Runtime knows all extents of a value whose node may not be imported yet.</summary>
    public bool StatesAhead(string name) => FollowsFromInputs || _extentsAhead.AreStated(name);

    /// <summary>Whether a value has more than two axes that ONNX Runtime knows when it loads the file: of one whose node is not imported yet, as far as that is known then.</summary>
    public bool StatesMoreThanMatrix(string name) => StatesAhead(name) && (KnownValue(name)?.Type.Shape.Rank ?? _extentsAhead.Of(name)?.Length) is not <= 2;

    /// <summary>Groups of nodes that are one operator.</summary>
    public OnnxPatterns Patterns { get; }

    /// <summary>Whether a name is a value's, in this graph or around it.</summary>
    public bool IsMade(string name) => _values.ContainsKey(name) || _initializers.ContainsKey(name) || _producers.ContainsKey(name) || _outer?.IsMade(name) == true;

    /// <summary>A node as it is while it is imported.</summary>
    public OnnxNode NodeOf(NodeProto node) => NodeAt(_graph.Node.IndexOf(node));

    /// <summary>How often a value is taken by nodes, or is a result of the graph.</summary>
    public int Uses(string name) => (_consumers.TryGetValue(name, out var users) ? users.Count : 0) + (_outputs.Contains(name) ? 1 : 0);

    /// <summary>How many nodes take a stored value at run time. Numbers without axes that are equal are one to ONNX Runtime (ConstantSharing).</summary>
    public int UsersOfStored(string name)
    {
        string[] names = NumberOf(name) is { } number ? [.. _initializers.Keys.Concat(_producers.Keys).Where(n => NumberOf(n) is { } other && other.Equals(number))] : [name];
        return names.SelectMany(n => _consumers.GetValueOrDefault(n) ?? []).Distinct().Count(user => _graph.Node[user].Output.Any(_atRunTime.Contains));
    }

    // A single-precision number without axes that the file stores.
    private float? NumberOf(string name)
    {
        bool isConstant = _initializers.TryGetValue(name, out var tensor) || _producers.TryGetValue(name, out int producer) && _graph.Node[producer].OpType == "Constant";
        if (!isConstant || tensor is { DataType: not 1 } or { Dims.Count: > 0 }) return null;
        return ValueOf(name, null) is { IsConstant: true, Type: { Element: ElementType.F32, Shape.Rank: 0 } } value ? value.Constant!.Span<float>()[0] : null;
    }

    private NodeProto? ProducerOf(string name) => _producers.TryGetValue(name, out int index) ? _graph.Node[index] : null;

    private IEnumerable<NodeProto> UsersOf(string name) => _consumers.TryGetValue(name, out var users) ? users.Select(u => _graph.Node[u]) : [];

    private int? OnlyUser(string name) => !_outputs.Contains(name) && !_wanted.Contains(name) && _consumers.TryGetValue(name, out var users) && users is [int user] ? user : null;

    /// <summary>A node and another behind it as one operator, which takes some operands and gives the other's result; they are not imported by themselves then.</summary>
    public OnnxNode Joined(OnnxNode node, string op, int behind, IEnumerable<string> operands)
    {
        _done.Add(behind);
        _taken.Add(behind);
        var joined = new NodeProto { OpType = op, Name = node.Proto.Name };
        joined.Input.AddRange(operands);
        joined.Output.Add(_graph.Node[behind].Output[0]);
        if (joined.Input.Any(IsHalf)) MarkHalf(joined.Output[0]);
        return new OnnxNode(this, joined, node.Location.Index, node.Opset);
    }

    /// <summary>Takes over the result of the last of some nodes, which are not imported by themselves then.</summary>
    public void Finish(IReadOnlyList<int> nodes, Value value)
    {
        foreach (int index in nodes)
        {
            _done.Add(index);
            _taken.Add(index);
            if (value.Type.Element == ElementType.F32 && _graph.Node[index].Input.Any(IsHalf)) MarkHalf(_graph.Node[nodes[^1]].Output[0]);
        }
        Bind(_graph.Node[nodes[^1]].Output[0], value);
    }

    /// <summary>Takes the results of a QuantizeLinear over, which is not imported by itself then; or what operators move before it quantizes.</summary>
    public void Finish(QuantizeTarget target, Value value)
    {
        if (target.Moved is not { } name)
        {
            Finish(target.Nodes, value);
            return;
        }
        var real = Builder.Add(new Dequantize(), [value], new SourceLocation(name, "DequantizeLinear"), null, name);
        RememberQuantized(real, value);
        if (target.Nodes.Count > 0) Finish(target.Nodes, real); else Bind(name, real);
    }

    private QuantizeTarget? Target(int user, List<int> passed, string? moved, bool clamps)
    {
        var node = NodeAt(user);
        if (node.Input(1) is not { IsConstant: true } scale || scale.Type.Shape.ElementCount != 1 || scale.Type.Element != ElementType.F32) return null;
        if (node.OptionalInput(2) is not { } zeroPoint) zeroPoint = Value.Of("zero", Tensor.Scalar((byte)0));
        if (!zeroPoint.IsConstant || zeroPoint.Type.Element is not (ElementType.U8 or ElementType.S8) || node.Int("output_dtype", 0) != 0) return null;
        if (MakesFourBits(node)) return null;
        var (element, zero) = (zeroPoint.Type.Element, zeroPoint.Constant!.ToInt32()[0]);
        float step = scale.Constant!.Span<float>()[0];
        var (low, high) = IntegerRange.Of(element);
        foreach (int index in passed)
        {
            var between = NodeAt(index);
            var (least, most) = (0f, float.PositiveInfinity);
            if (between.Proto.OpType == "Clip")
            {
                least = between.OptionalInput(1)?.Constant?.Span<float>()[0] ?? between.Float("min", float.NegativeInfinity);
                most = between.OptionalInput(2)?.Constant?.Span<float>()[0] ?? between.Float("max", float.PositiveInfinity);
            }
            if (!clamps && (least > step * (low - zero) || most < step * (high - zero))) return null;
            (low, high) = (Math.Max(low, Quantized(least)), Math.Min(high, Quantized(most)));
            if (low > high) return null;
        }
        return moved is null
            ? new QuantizeTarget([.. passed, user], element, new Quantization(step, zero), element == ElementType.U8 || Patterns.IsMadeUnsigned(node.Proto), null, low, high)
            // The pair in front of what moves has one user.
            : new QuantizeTarget(passed, element, new Quantization(step, zero), true, moved, low, high);

        int Quantized(float v)
        {
            var (least, most) = IntegerRange.Of(element);
            return (int)Math.Clamp(MathF.Round(v / step, MidpointRounding.ToEven) + (double)zero, least, most);
        }
    }

    private bool MakesFourBits(OnnxNode quantize) =>
        quantize.InputCount > 2 && _initializers.TryGetValue(quantize.Proto.Input[2], out var zeroPoint) && OnnxTensors.IsFourBit(zeroPoint.DataType);

    /// <summary>Whether a value is what a DequantizeLinear makes of numbers of four bits, with which ONNX Runtime has no integer Conv or Gemm.</summary>
    public bool IsMadeOfFourBits(string name) =>
        _producers.TryGetValue(name, out int producer) && _graph.Node[producer] is { OpType: "DequantizeLinear" } real
        && (IsFourBit(real.Input[0]) || _producers.TryGetValue(real.Input[0], out int before) && _graph.Node[before].OpType == "QuantizeLinear" && MakesFourBits(NodeAt(before)));

    /// <summary>Whether a named initializer has four bits.</summary>
    public bool IsFourBit(string name) => _initializers.TryGetValue(name, out var tensor) && OnnxTensors.IsFourBit(tensor.DataType);

    private Graph Run(InputShapes inputShapes, CancellationToken cancellation)
    {
        Index();
        var inputs = _graph.Input.Where(i => !_initializers.ContainsKey(i.Name)).ToArray();
        inputShapes = inputShapes.Select([.. inputs.Select(i => i.Name)]);
        foreach (var (input, type) in inputs.Zip(OpenInputs.Types(inputs, inputShapes))) Bind(input.Name, Builder.AddInput(input.Name, type));
        // A node without a name goes by its result's, and so do the operators that it becomes.
        foreach (var output in _graph.Output) Builder.Keep(output.Name);
        var leading = NodesThatLead();
        for (int i = 0; i < _graph.Node.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (leading.Contains(i)) ImportNode(i);
        }
        foreach (var output in _graph.Output)
        {
            var value = ValueOf(output.Name, null);
            Builder.Release(output.Name);
            if (QuantizedOnTheWay(output.Name) is { } target) value = Through(target, value);
            var location = new SourceLocation(output.Name, "output");
            if (VaryingAxes.AllOf(value).Count > 1) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"The output '{output.Name}' has several extents that are known at run time only. Cut the model before it.");
            var varying = VaryingAxes.Of(value);
            if (IsHalf(output.Name) && value.Type.Element == ElementType.F32) value = Builder.Add(new Cast(ElementType.F16), [value], location, null, varying is null ? output.Name : null);
            Builder.AddOutput(varying is null ? Named(value, output.Name) : Builder.Add(new PackCounted(varying.Axis), [value, varying.Count], location, value.Type.Quantization, output.Name));
        }
        return Builder.Build();
    }

    private OnnxOperand[] Results()
    {
        Index();
        for (int i = 0; i < _graph.Node.Count; i++) ImportNode(i);
        return [.. _graph.Output.Select(o => OperandOf(o.Name, null))];
    }

    // Who makes and who takes what.
    private void Index()
    {
        foreach (var initializer in _graph.Initializer) _initializers[initializer.Name] = initializer;
        for (int i = 0; i < _graph.Node.Count; i++)
        {
            foreach (string output in _graph.Node[i].Output.Where(o => o.Length > 0))
            {
                if (!_producers.TryAdd(output, i)) throw new ModelException(DiagnosticCodes.InconsistentModel, $"Two nodes make '{output}'.");
            }
            // ONNX Runtime works shapes that the file states out when it loads the model: what only they took besides has one user then.
            if (_graph.Node[i] is { OpType: "Shape", Input: [var described, ..] } && _statesShapes.Value && !_openShapes.Value.Contains(described)) continue;
            foreach (string input in Taken(_graph.Node[i]))
            {
                if (!_consumers.TryGetValue(input, out var users)) _consumers[input] = users = [];
                users.Add(i);
            }
        }
        foreach (var output in _graph.Output) _outputs.Add(output.Name);
        foreach (var (name, type) in StatedTypes.Of(_graph)) if (OnnxTensors.TypeOf(type) == ElementType.F16) MarkHalf(name);
        FindWhatRuns();
        RejectUnsupported();
    }

    // Nodes that lead to a result of the graph. Others may take what has no meaning here, such as what training leaves behind.
    private HashSet<int> NodesThatLead()
    {
        var leading = new HashSet<int>();
        var names = new Stack<string>(_outputs);
        while (names.TryPop(out string? name))
        {
            if (!_producers.TryGetValue(name, out int producer) || !leading.Add(producer)) continue;
            foreach (string input in Taken(_graph.Node[producer])) names.Push(input);
        }
        return leading;
    }

    // Everything behind what is no result here and not stored, and behind what is not computed when the model is loaded. Each value is looked at once.
    private void FindWhatRuns()
    {
        var names = new Stack<string>(_consumers.Keys.Where(name => !_producers.ContainsKey(name) && !IsKnownAtLoad(name)));
        foreach (var node in _graph.Node.Where(n => n.OpType == "DequantizeLinear" || n.Domain == OnnxOperatorAttribute.Microsoft || HidesShape(n) || !Halves.IsFolded(n)))
        {
            foreach (string output in node.Output) names.Push(output);
        }
        while (names.TryPop(out string? name))
        {
            if (!_atRunTime.Add(name) || !_consumers.TryGetValue(name, out var users)) continue;
            foreach (string output in users.SelectMany(user => _graph.Node[user].Output)) names.Push(output);
        }
    }

    // A node's operands, and what graphs inside it take, their own values among it.
    private static IEnumerable<string> Taken(NodeProto node) => node.Input.Where(n => n.Length > 0)
        .Concat(node.Attribute.Where(a => a.G is not null).SelectMany(a => a.G.Node.SelectMany(Taken).Concat(a.G.Output.Select(o => o.Name))));

    // A QuantizeLinear also moves in front of operators that move a result of the graph, which is then what a DequantizeLinear makes of it.
    private QuantizeTarget? QuantizedOnTheWay(string name)
    {
        if (!_producers.TryGetValue(name, out int producer) || _graph.Node[producer].OpType == "DequantizeLinear" || !_consumers.TryGetValue(name, out var users) || users is not [int user]) return null;
        var moving = NodeAt(user);
        if (!Moves(moving.Proto, moving.Opset) || moving.Proto.Input[0] != name || moving.Proto.Output.Count != 1 || Following(moving) is not { } target) return null;
        // A Relu or Clip between them would hold it back.
        return target.Nodes.Count == (target.Moved is null ? 1 : 0) ? target : null;
    }

    private Value Through(QuantizeTarget target, Value value)
    {
        var location = new SourceLocation(value.Name, "QuantizeLinear");
        var quantized = Builder.Add(new Quantize(target.Element, QuantizeArithmetic.DivideEven), [value], location, target.Quantization, value.Name + "/quantized");
        return Builder.Add(new Dequantize(), [quantized], location, null, value.Name + "/dequantized");
    }

    // An output goes by the model's name for it, whatever operator of ours made it.
    private Value Named(Value value, string name) => value.Name == name
        ? value
        : Builder.Add(new Reshape(value.Type.Shape), [value], new SourceLocation(name, "output"), value.Type.Quantization, name);

    /// <summary>A node by its place in the file.</summary>
    public OnnxNode NodeAt(int index)
    {
        var node = _graph.Node[index];
        return new OnnxNode(this, node, index, _model.OpsetImport.FirstOrDefault(o => Domain(o.Domain) == Domain(node.Domain))?.Version ?? 1);
    }

    private void ImportNode(int index)
    {
        if (_done.Contains(index)) return;
        var node = NodeAt(index);
        if (!_running.Add(index)) throw node.Malformed("depends on its own result");
        if (_running.Count > MaxDepth) throw node.Malformed("is one of too many nodes that stand before what they depend on");
        try
        {
            if (TakesVarying(node.Proto) == VaryingOperands.Aligned) VaryingAxes.Align(node);
            s_operators.Value[(Domain(node.Proto.Domain), node.Proto.OpType)](node);
            _done.Add(index);
            FollowHalves(node);
            if (_outer is null) Blocks.Follow(node);
        }
        catch (TypeException fault)
        {
            throw node.Malformed($"is inconsistent: {fault.Message}");
        }
        catch (VaryingException)
        {
            throw node.AnyLength();
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or ArithmeticException or OutOfMemoryException)
        {
            throw node.Malformed($"is inconsistent: {fault.Message}");
        }
        finally
        {
            _running.Remove(index);
        }
    }

    // What is computed of halves is halves, unless it is no real number.
    private void FollowHalves(OnnxNode node)
    {
        if (node.Proto.OpType is "Cast" or "CastLike" || !node.Proto.Input.Any(IsHalf)) return;
        foreach (string output in node.Proto.Output) if (KnownValue(output) is { Type.Element: ElementType.F32 }) MarkHalf(output);
    }

    /// <summary>All operators that no method imports, in one diagnostic.</summary>
    private void RejectUnsupported()
    {
        var unsupported = _graph.Node
            .Select((node, index) => (node, index))
            .Where(n => !s_operators.Value.ContainsKey((Domain(n.node.Domain), n.node.OpType)))
            .Select(n => $"#{n.index} '{NodeAt(n.index).Location.Node}': {(n.node.Domain.Length > 0 ? n.node.Domain + "." : "")}{n.node.OpType} version {NodeAt(n.index).Opset}")
            .ToArray();
        if (unsupported.Length > 0)
        {
            throw new ModelException(DiagnosticCodes.UnsupportedOperator, $"{unsupported.Length} operator(s) are not supported: {string.Join("; ", unsupported)}. Replace them in the model, or cut the model before them.");
        }
    }

    /// <summary>Whether an operator is one of ONNX's own.</summary>
    public static bool IsOnnxs(NodeProto node) => Domain(node.Domain).Length == 0;

    private static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    private static Dictionary<(string Domain, string Name), Action<OnnxNode>> Discover() => Methods().ToDictionary(m => (m.Operator.Domain, m.Operator.Name), m => m.Method.CreateDelegate<Action<OnnxNode>>());

    private static IEnumerable<(OnnxOperatorAttribute Operator, MethodInfo Method)> Methods() => typeof(OnnxImporter).Assembly.GetTypes()
        .Where(t => t.IsAbstract && t.IsSealed && t.Namespace == "Qnn.Compiler.Import.Onnx.Operators")
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .SelectMany(m => m.GetCustomAttributes<OnnxOperatorAttribute>().Select(a => (a, m)));
}

/// <summary>A QuantizeLinear that takes a node's result, with what stands between them.</summary>
/// <param name="Nodes">The nodes that it makes superfluous, itself last.</param>
/// <param name="Element">The quantized type: uint8 or int8.</param>
/// <param name="Quantization">Its scale and zero point.</param>
/// <param name="IsUnsigned">Whether ONNX Runtime computes it as uint8, which it makes of int8 where it can.</param>
/// <param name="Moved">The value that is quantized before operators move it; null where it is the QuantizeLinear's own result.</param>
/// <param name="Low">The least quantized number.</param>
/// <param name="High">The greatest quantized number.</param>
internal sealed record QuantizeTarget(IReadOnlyList<int> Nodes, ElementType Element, Quantization Quantization, bool IsUnsigned, string? Moved, int Low, int High);
