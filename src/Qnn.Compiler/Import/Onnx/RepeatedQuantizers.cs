using System.Text;
using Google.Protobuf;
using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// QuantizeLinears and DequantizeLinears that are alike are one to ONNX Runtime (CommonSubexpressionElimination), before it looks at what they stand around:
/// models with a pair of their own for every user of a value (its quantizer's DedicatedQDQPair) are like others then.
/// </summary>
internal static class RepeatedQuantizers
{
    /// <summary>Leaves the first of those that are alike in a graph, where the others are no results of it.</summary>
    public static void Merge(GraphProto graph)
    {
        var (firsts, names, results) = (new Dictionary<string, string>(), new Dictionary<string, string>(), graph.Output.Select(o => o.Name).ToHashSet());
        var repeated = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Node)
        {
            node.Rename(names);
            if (node.OpType is not ("QuantizeLinear" or "DequantizeLinear") || node.Output.Count != 1 || node.Output[0].Length == 0) continue;
            string output = node.Output[0];
            if (firsts.TryAdd(Key(node), output) || results.Contains(output)) continue;
            names.TryAdd(output, firsts[Key(node)]);
            repeated.Add(node);
        }
        if (repeated.Count == 0) return;
        NodeProto[] kept = [.. graph.Node.Where(n => !repeated.Contains(n))];
        // Nodes may stand in front of what they take.
        foreach (var node in kept) node.Rename(names);
        graph.Node.Clear();
        graph.Node.AddRange(kept);
    }

    private static string Key(NodeProto node)
    {
        var key = new StringBuilder($"{node.OpType}\n{node.Domain}");
        foreach (string input in node.Input) key.Append('\n').Append(input);
        foreach (var attribute in node.Attribute.OrderBy(a => a.Name, StringComparer.Ordinal)) key.Append('\n').Append(attribute.Name).Append(Convert.ToHexString(attribute.ToByteArray()));
        return key.ToString();
    }
}
