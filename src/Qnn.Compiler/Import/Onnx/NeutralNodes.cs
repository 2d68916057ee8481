using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// Nodes whose result is what they take: Identity, Dropout when training is over, and Casts to the type that a value has. ONNX Runtime takes them out before it looks for operators to join
/// (EliminateIdentity, EliminateDropout, CastElimination), so they stand between none of them.
/// </summary>
internal static class NeutralNodes
{
    /// <summary>Takes those out of a graph whose results are none of the graph.</summary>
    public static void Remove(GraphProto graph)
    {
        var types = StatedTypes.Of(graph);
        var (names, results) = (new Dictionary<string, string>(), graph.Output.Select(o => o.Name).ToHashSet());
        bool IsNeutral(NodeProto node) => OnnxImporter.IsOnnxs(node) && node.Input.Count > 0 && node.Output.Count > 0 && !results.Contains(node.Output[0])
            && (node.OpType == "Dropout" && node.Input.Count < 3 && node.Output.Skip(1).All(o => o.Length == 0) || node.OpType == "Identity" || node.OpType == "Cast" && types.TryGetValue(node.Input[0], out int type) && node.Attribute.FirstOrDefault(a => a.Name == "to")?.I == type);
        NodeProto[] neutral = [.. graph.Node.Where(IsNeutral)];
        if (neutral.Length == 0) return;
        foreach (var node in neutral) names[node.Output[0]] = node.Input[0];
        foreach (string name in names.Keys.ToArray())
        {
            // One may take another's result; a circle ends where it began.
            string first = names[name];
            for (int step = 0; step < neutral.Length && names.TryGetValue(first, out string? before); step++) first = before;
            names[name] = first;
        }
        foreach (var node in neutral) graph.Node.Remove(node);
        foreach (var node in graph.Node) node.Rename(names);
    }

    /// <summary>Gives operands other names, those of graphs inside the node among them.</summary>
    public static void Rename(this NodeProto node, IReadOnlyDictionary<string, string> names)
    {
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (names.TryGetValue(node.Input[i], out string? name)) node.Input[i] = name;
        }
        foreach (var inner in node.Attribute.Where(a => a.G is not null).Select(a => a.G))
        {
            foreach (var each in inner.Node) each.Rename(names);
            foreach (var output in inner.Output) if (names.TryGetValue(output.Name, out string? name)) output.Name = name;
        }
    }
}
