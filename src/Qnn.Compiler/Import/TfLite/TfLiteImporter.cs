using System.Reflection;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Tensor = Qnn.Compiler.Ir.Tensor;
using TensorType = Qnn.Compiler.Ir.TensorType;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// A .tflite file to a graph: the first subgraph, operator by operator, each by the method that <see cref="TfLiteOperatorAttribute"/> marks.
/// Other subgraphs are imported where an operator calls them: a graph has no control flow.
/// </summary>
internal sealed class TfLiteImporter
{
    private static readonly Lazy<Dictionary<BuiltinOperator, (Action<TfLiteNode> Import, bool Varying)>> s_operators = new(DiscoverBuiltin);
    private static readonly Lazy<Dictionary<string, Action<TfLiteNode>>> s_customOperators = new(DiscoverCustom);

    // Of called subgraphs: a loop without an end, or one in another in another, comes to an end here.
    private const int MostCalledOperators = 1 << 16;
    private const int MostNestedCalls = 64;

    private readonly TfLiteSubgraph _subgraph;
    private readonly Dictionary<TfLiteTensor, Value> _values = [];
    private readonly HashSet<TfLiteSubgraph> _running = [];
    private int _calledOperators;

    private TfLiteImporter(TfLiteFile file, TfLiteNumerics numerics, string name)
    {
        _subgraph = file.Main;
        Numerics = numerics;
        Builder = new GraphBuilder(name);
    }

    /// <summary>The kernel set whose answers to match.</summary>
    public TfLiteNumerics Numerics { get; }

    /// <summary>The graph in the making.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>The resource variables that the operators so far know.</summary>
    public TfLiteResources Resources { get; } = new();

    /// <summary>The operators that can be imported, for reports and tests.</summary>
    public static IEnumerable<BuiltinOperator> SupportedOperators => s_operators.Value.Keys.Order();

    /// <summary>Imports a model.</summary>
    /// <param name="file">The verified file.</param>
    /// <param name="numerics">The kernel set whose answers to match.</param>
    /// <param name="name">The graph's name.</param>
    /// <param name="inputShapes">Shapes for inputs that leave them open.</param>
    /// <param name="cancellation">Looked at between operators.</param>
    /// <exception cref="ModelException">The model is malformed, or has parts that are not supported; all of those at once.</exception>
    public static Graph Import(TfLiteFile file, TfLiteNumerics numerics, string name, InputShapes? inputShapes = null, CancellationToken cancellation = default) =>
        new TfLiteImporter(file, numerics, name).Run(inputShapes ?? InputShapes.None, cancellation);

    /// <summary>Says which value of the graph a tensor of the file is.</summary>
    internal void Bind(TfLiteTensor tensor, Value value) => _values[tensor] = value;

    /// <summary>Imports a subgraph in the place of an operator that calls it.</summary>
    /// <param name="caller">The operator.</param>
    /// <param name="index">The subgraph's place in the file.</param>
    /// <param name="arguments">What its inputs are.</param>
    /// <returns>Its outputs.</returns>
    internal IReadOnlyList<Value> Call(TfLiteNode caller, int index, IReadOnlyList<Value> arguments)
    {
        var subgraphs = _subgraph.File.Subgraphs;
        if ((uint)index >= (uint)subgraphs.Count) throw caller.Malformed($"calls subgraph {index}, but the file has {subgraphs.Count}");
        var subgraph = subgraphs[index];
        if (subgraph == _subgraph || !_running.Add(subgraph)) throw caller.Malformed($"calls subgraph {index} inside of itself");
        try
        {
            return ImportCalled(caller, subgraph, arguments);
        }
        finally
        {
            _running.Remove(subgraph);
        }
    }

    /// <summary>A value with the quantization that a tensor states: across a call the bytes count.</summary>
    internal static Value AsStated(TfLiteNode node, Value value, TfLiteTensor tensor)
    {
        if (tensor.IrType is not { } stated) return value;
        if (stated.Element != value.Type.Element) throw node.Malformed($"passes {value.Type} as {tensor} of type {tensor.Type}");
        return Equals(stated.Quantization, value.Type.Quantization) || stated.Quantization is { IsPerChannel: true } ? value : node.EmitQuantized(new Ir.Operators.Reshape(value.Type.Shape), stated.Quantization, value);
    }

    private IReadOnlyList<Value> ImportCalled(TfLiteNode caller, TfLiteSubgraph subgraph, IReadOnlyList<Value> arguments)
    {
        if (_running.Count > MostNestedCalls) throw TfLiteFault.TooLarge($"{caller.Location} is a call in more than {MostNestedCalls} others.");
        if (subgraph.Inputs.Count != arguments.Count) throw caller.Malformed($"calls subgraph {subgraph.Index} with {arguments.Count} inputs, but that has {subgraph.Inputs.Count}");
        if ((_calledOperators += 1 + subgraph.Operators.Count) > MostCalledOperators) throw TfLiteFault.TooLarge($"{caller.Location}: the subgraphs that are called have more than {MostCalledOperators} operators, or a loop has no end.");
        foreach (var tensor in subgraph.Tensors)
        {
            if (tensor.IsInput || tensor.Producer is not null) _values.Remove(tensor);
        }
        for (int i = 0; i < arguments.Count; i++) Bind(subgraph.Inputs[i], AsStated(caller, arguments[i], subgraph.Inputs[i]));
        var faults = new List<Diagnostic>();
        foreach (var op in subgraph.Operators)
        {
            if (Missing(op) is { } missing) faults.AddRange(new ModelException(DiagnosticCodes.UnsupportedOperator, $"{missing}, in subgraph {subgraph.Index}, is not supported.").Diagnostics);
            else ImportOperator(op, faults);
        }
        if (faults.Count > 0) throw new ModelException(faults);
        return [.. subgraph.Outputs.Select(output => ValueOf(output) ?? throw caller.Malformed($"calls subgraph {subgraph.Index}, whose output {output} has no value"))];
    }

    private Graph Run(InputShapes inputShapes, CancellationToken cancellation)
    {
        RejectUnsupported();
        inputShapes = inputShapes.Select([.. _subgraph.Inputs.Select(i => i.Name)]);
        for (int i = 0; i < _subgraph.Inputs.Count; i++)
        {
            var input = _subgraph.Inputs[i];
            var shape = inputShapes.Resolve(i, input.Name, [.. input.ShapeSignature], [.. input.Shape]);
            Bind(input, Builder.AddInput(input.Name, TypeOf(input) with { Shape = shape }));
        }
        var faults = new List<Diagnostic>();
        foreach (var op in _subgraph.Operators)
        {
            cancellation.ThrowIfCancellationRequested();
            ImportOperator(op, faults);
        }
        if (faults.Count > 0) throw new ModelException(faults);
        foreach (var output in _subgraph.Outputs)
        {
            var value = ValueOf(output) ?? throw TfLiteFault.Inconsistent($"{output} is an output, but {output.Producer} does not make it.");
            var varying = Builder.VaryingOf(value);
            if (varying.Count > 1) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{output} has several lengths that are known at run time only. Cut the model before it.");
            Builder.AddOutput(varying.Count == 0 ? value : Builder.Add(new PackCounted(varying[0].Axis), [value, varying[0].Count], new SourceLocation(output.Name, "output"), value.Type.Quantization, output.Name));
        }
        return Builder.Build();
    }

    private void ImportOperator(TfLiteOperator op, List<Diagnostic> faults)
    {
        try
        {
            var inputs = op.Inputs.Select(i => i is null ? null : ValueOf(i)).ToArray();
            // A node that depends on one that has failed adds nothing to the list.
            if (op.Inputs.Where((tensor, i) => tensor is not null && inputs[i] is null).Any()) return;
            var (import, varying) = op.Code == BuiltinOperator.CUSTOM ? (s_customOperators.Value[op.Name], false) : s_operators.Value[op.Code];
            var node = new TfLiteNode(this, op, inputs);
            if (!varying && inputs.Any(i => i is not null && Builder.VaryingOf(i).Count > 0)) throw node.Unsupported("it takes entries whose number is known at run time only");
            import(node);
        }
        catch (ModelException fault)
        {
            faults.AddRange(fault.Diagnostics);
        }
        // Operands that do not fit each other in a way that the operator's importer has not looked for.
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or ArithmeticException or InvalidOperationException or TypeException or QnnFormatException)
        {
            faults.AddRange(new ModelException(DiagnosticCodes.InconsistentModel, $"{op.Location} is malformed: {fault.Message.TrimEnd('.')}.").Diagnostics);
        }
    }

    /// <summary>All operators that no method imports, in one diagnostic.</summary>
    private void RejectUnsupported()
    {
        var unsupported = _subgraph.Operators.Select(Missing).OfType<string>().ToArray();
        if (unsupported.Length > 0)
        {
            throw new ModelException(DiagnosticCodes.UnsupportedOperator,
                $"{unsupported.Length} operator(s) are not supported: {string.Join("; ", unsupported)}. Replace them in the model, or cut the model before them.");
        }
    }

    // What an operator is that no method imports; null for others.
    private static string? Missing(TfLiteOperator op) =>
        (op.Code == BuiltinOperator.CUSTOM ? s_customOperators.Value.ContainsKey(op.Name) : s_operators.Value.ContainsKey(op.Code)) ? null
        : $"#{op.Index} '{op.Location.Node}': {(op.Code == BuiltinOperator.CUSTOM ? "custom operator " : "")}{op.Name} version {op.Version}";

    /// <summary>The value of a tensor; null when the operator that makes it has failed.</summary>
    private Value? ValueOf(TfLiteTensor tensor)
    {
        if (_values.TryGetValue(tensor, out var known)) return known;
        if (tensor.IsVariable)
        {
            var type = TypeOf(tensor);
            return _values[tensor] = Value.Variable(tensor.Name, type, tensor.Data.IsEmpty ? null : new Tensor(type, tensor.ReadElements()));
        }
        if (!tensor.IsConstant) return null;
        if (tensor.Blocks is not null) return _values[tensor] = Value.Of(tensor.Name, BlockwiseTensors.Expand(tensor));
        return _values[tensor] = Value.Of(tensor.Name, tensor.Sparsity is null ? new Tensor(TypeOf(tensor), tensor.ReadElements()) : SparseTensors.Expand(tensor));
    }

    private static TensorType TypeOf(TfLiteTensor tensor)
    {
        if (tensor.QuantizationDetails != QuantizationDetails.NONE) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{tensor} has {tensor.QuantizationDetails}, which is not supported.");
        return tensor.IrType ?? throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{tensor} has element type {tensor.Type}, which is not supported.");
    }

    private static IEnumerable<MethodInfo> ImportMethods() => typeof(TfLiteImporter).Assembly.GetTypes()
        .Where(t => t.IsAbstract && t.IsSealed && t.Namespace == "Qnn.Compiler.Import.TfLite.Operators")
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));

    private static Dictionary<BuiltinOperator, (Action<TfLiteNode> Import, bool Varying)> DiscoverBuiltin() => ImportMethods()
        .SelectMany(m => m.GetCustomAttributes<TfLiteOperatorAttribute>().Select(a => (a.Code, Method: (m.CreateDelegate<Action<TfLiteNode>>(), a.Varying))))
        .ToDictionary(p => p.Code, p => p.Method);

    private static Dictionary<string, Action<TfLiteNode>> DiscoverCustom() => ImportMethods()
        .SelectMany(m => m.GetCustomAttributes<TfLiteCustomOperatorAttribute>().Select(a => (a.Name, Method: m.CreateDelegate<Action<TfLiteNode>>())))
        .ToDictionary(p => p.Name, p => p.Method);
}
