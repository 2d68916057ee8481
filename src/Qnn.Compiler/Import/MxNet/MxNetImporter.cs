using System.Reflection;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>A symbol and its parameters to a graph, node by node, each by the method that <see cref="MxNetOperatorAttribute"/> marks.</summary>
internal sealed class MxNetImporter
{
    private static readonly Lazy<Dictionary<string, Action<MxNetNode>>> s_operators = new(() => typeof(MxNetImporter).Assembly.GetTypes()
        .Where(t => t.IsAbstract && t.IsSealed && t.Namespace == "Qnn.Compiler.Import.MxNet.Operators")
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .SelectMany(m => m.GetCustomAttributes<MxNetOperatorAttribute>().Select(a => (a.Name, Method: m.CreateDelegate<Action<MxNetNode>>())))
        .ToDictionary(p => p.Name, p => p.Method));

    private readonly Symbol _symbol;
    private readonly Dictionary<string, Tensor> _parameters;
    private readonly Dictionary<SymbolEntry, Value> _values = [];

    private MxNetImporter(Symbol symbol, Dictionary<string, Tensor> parameters, string name)
    {
        (_symbol, _parameters) = (symbol, parameters);
        Builder = new GraphBuilder(name);
        Layouts = BlockedLayouts.Of(symbol);
    }

    /// <summary>How MXNet keeps each node's first output in memory.</summary>
    public BlockedLayout[] Layouts { get; }

    /// <summary>The graph in the making.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>The operators that can be imported, for reports and tests.</summary>
    public static IEnumerable<string> SupportedOperators => s_operators.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>Imports a model.</summary>
    /// <exception cref="ModelException">The model is malformed, or has parts that are not supported; all of those at once.</exception>
    public static Graph Import(Symbol symbol, Dictionary<string, Tensor> parameters, ImportOptions options, string? paramsFile, CancellationToken cancellation) =>
        new MxNetImporter(symbol, parameters, options.Name).Run(options.InputShapes, paramsFile, cancellation);

    /// <summary>Says which value of the graph a node's output is.</summary>
    internal void Bind(SymbolEntry entry, Value value) => _values[entry] = value;

    private Graph Run(InputShapes inputShapes, string? paramsFile, CancellationToken cancellation)
    {
        RejectUnsupported();
        BindVariables(inputShapes, paramsFile);
        var faults = new List<Diagnostic>();
        foreach (var node in _symbol.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (node.Op is not null) ImportNode(node, faults);
        }
        if (faults.Count > 0) throw new ModelException(faults);
        foreach (var head in _symbol.Heads)
        {
            Builder.AddOutput(_values.TryGetValue(head, out var value)
                ? Named(head, value)
                : throw new ModelException(DiagnosticCodes.UnsupportedForm, $"Output {head.Output} of '{_symbol.Nodes[head.Node].Name}' is an output of the model, which is not supported."));
        }
        return Builder.Build();
    }

    /// <summary>An output under MXNet's name: the node's with <c>_output</c>, numbered where the node has several.</summary>
    private Value Named(SymbolEntry head, Value value)
    {
        if (value.Kind == ValueKind.Input) return value;
        var node = _symbol.Nodes[head.Node];
        string name = $"{node.Name}_output{(_values.ContainsKey(new SymbolEntry(head.Node, 1)) ? head.Output : "")}";
        return value.Constant is { } constant ? Value.Of(name, constant) : Builder.Add(new Ir.Operators.Reshape(value.Type.Shape), [value], new SourceLocation(node.Name, node.Op ?? ""), value.Type.Quantization, name);
    }

    private void ImportNode(SymbolNode node, List<Diagnostic> faults)
    {
        try
        {
            // A node that depends on one that has failed adds nothing to the list.
            if (node.Inputs.Any(i => !_values.ContainsKey(i)) && faults.Count > 0) return;
            s_operators.Value[node.Op!](new MxNetNode(this, node, [.. node.Inputs.Select(i => _values.GetValueOrDefault(i))]));
        }
        catch (ModelException fault)
        {
            faults.AddRange(fault.Diagnostics);
        }
        catch (Exception fault) when (fault is TypeException or ArgumentException)
        {
            faults.Add(Diagnostic.Error(DiagnosticCodes.InconsistentModel, $"{node.Op} '{node.Name}' (#{node.Index}): {fault.Message}"));
        }
    }

    /// <summary>Variables with an array are constants, labels of losses nothing unless InputShapes names them, all others inputs, but for those that are parameters by their place.</summary>
    private void BindVariables(InputShapes inputShapes, string? paramsFile)
    {
        var labels = _symbol.Nodes.Where(n => n.Op?.EndsWith("Output", StringComparison.Ordinal) == true).SelectMany(n => n.Inputs.Skip(1)).Select(i => i.Node).ToHashSet();
        var parameterPlaces = _symbol.Nodes.Where(n => n.Op is not null && HasParameters(n.Op)).SelectMany(n => n.Inputs.Skip(1)).Select(i => i.Node).ToHashSet();
        var inputs = new List<SymbolNode>();
        var missing = new List<string>();
        foreach (var node in _symbol.Nodes.Where(n => n.Op is null))
        {
            if (_parameters.TryGetValue(node.Name, out var array)) Bind(new SymbolEntry(node.Index, 0), Value.Of(node.Name, array));
            else if (labels.Contains(node.Index) && inputShapes.Entries.All(e => e.Name != node.Name)) continue;
            else if (parameterPlaces.Contains(node.Index) && inputShapes.Entries.All(e => e.Name != node.Name)) missing.Add(node.Name);
            else inputs.Add(node);
        }
        if (missing.Count > 0)
        {
            throw new ModelException(DiagnosticCodes.InconsistentModel,
                $"{(paramsFile is null ? "No params file was found beside the symbol" : $"'{Path.GetFileName(paramsFile)}' lacks")} {(paramsFile is null ? "for " : "")}{missing.Count} array(s) that the symbol names: {string.Join(", ", missing)}.");
        }
        inputShapes = inputShapes.Select([.. inputs.Select(i => i.Name)]);
        for (int i = 0; i < inputs.Count; i++)
        {
            var node = inputs[i];
            var entry = inputShapes.Find(i, node.Name);
            var stated = node.Attributes.Tuple("__shape__");
            int[] extents = stated?.Select(e => e is > 0 ? e.Value : -1).ToArray() ?? (entry is null ? [-1, 3, -1, -1] : [.. Enumerable.Repeat(-1, entry.Shape.Rank)]);
            var shape = inputShapes.Resolve(i, node.Name, extents, []);
            var element = entry?.Type ?? MxNetTypes.Element(node.Attributes.Int("__dtype__", 0)) ?? ElementType.F32;
            Bind(new SymbolEntry(node.Index, 0), Builder.AddInput(node.Name, new TensorType(element, shape, element is ElementType.S8 or ElementType.U8 ? new Quantization(1, 0) : null)));
        }
    }

    private static bool HasParameters(string op) => op is "Convolution" or "FullyConnected" or "BatchNorm" or "Embedding"
        || op.StartsWith("_sg_mkldnn_", StringComparison.Ordinal)
        || op is "_contrib_quantized_conv" or "_contrib_quantized_fully_connected" or "_contrib_quantized_batch_norm" or "_contrib_quantized_embedding";

    /// <summary>All operators that no method imports, in one diagnostic.</summary>
    private void RejectUnsupported()
    {
        string version = _symbol.Version == 0 ? "of an unknown version" : $"{_symbol.Version / 10000}.{_symbol.Version / 100 % 100}.{_symbol.Version % 100}";
        var unsupported = _symbol.Nodes.Where(n => n.Op is not null && !s_operators.Value.ContainsKey(n.Op)).Select(n => $"#{n.Index} '{n.Name}': {n.Op}").ToArray();
        if (unsupported.Length > 0)
        {
            throw new ModelException(DiagnosticCodes.UnsupportedOperator,
                $"{unsupported.Length} operator(s) are not supported (MXNet {version}): {string.Join("; ", unsupported)}. Replace them in the model, or cut the model before them.");
        }
    }
}
