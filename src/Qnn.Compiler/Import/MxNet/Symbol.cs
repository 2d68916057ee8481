using System.Text.Json;
using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>The output of a node.</summary>
internal readonly record struct SymbolEntry(int Node, int Output);

/// <summary>A node of a symbol; a variable where <see cref="Op"/> is <c>null</c> in the file.</summary>
internal sealed record SymbolNode(int Index, string? Op, string Name, MxNetAttributes Attributes, IReadOnlyList<SymbolEntry> Inputs, IReadOnlyList<Symbol> Subgraphs);

/// <summary>An MXNet symbol: nodes in topological order, each entry checked to point backwards. Reads the spellings of all releases.</summary>
internal sealed record Symbol(IReadOnlyList<SymbolNode> Nodes, IReadOnlyList<SymbolEntry> Heads, int Version)
{
    /// <summary>Reads a symbol.</summary>
    /// <exception cref="ModelException">The text is no JSON, or no symbol.</exception>
    public static Symbol Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            return Read(document.RootElement, 0);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new ModelException(DiagnosticCodes.DamagedFile, $"The file is no MXNet symbol: {fault.Message}");
        }
    }

    private static Symbol Read(JsonElement graph, int depth)
    {
        if (graph.ValueKind != JsonValueKind.Object || !graph.TryGetProperty("nodes", out var list) || list.ValueKind != JsonValueKind.Array || depth > 4) throw new JsonException("it has no list of nodes");
        var nodes = new List<SymbolNode>();
        foreach (var node in list.EnumerateArray())
        {
            string op = node.GetProperty("op").GetString() ?? "null", name = node.GetProperty("name").GetString() ?? "";
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (string spelling in (string[])["param", "attr", "attrs"])
            {
                if (!node.TryGetProperty(spelling, out var attributes)) continue;
                foreach (var attribute in attributes.EnumerateObject()) values[attribute.Name] = attribute.Value.ToString();
            }
            int index = nodes.Count;
            var inputs = node.TryGetProperty("inputs", out var entries) ? entries.EnumerateArray().Select(e => Entry(e, index)).ToArray() : [];
            var subgraphs = node.TryGetProperty("subgraphs", out var graphs) ? graphs.EnumerateArray().Select(g => Read(g, depth + 1)).ToArray() : [];
            nodes.Add(new SymbolNode(index, op == "null" ? null : op, name, new MxNetAttributes(values, $"{op} '{name}'"), inputs, subgraphs));
        }
        if (nodes.Count == 0) throw new JsonException("it has no nodes");
        var heads = graph.TryGetProperty("heads", out var outputs) ? outputs.EnumerateArray().Select(e => Entry(e, nodes.Count)).ToArray() : [new SymbolEntry(nodes.Count - 1, 0)];
        int version = 0;
        if (graph.TryGetProperty("attrs", out var general) && general.ValueKind == JsonValueKind.Object && general.TryGetProperty("mxnet_version", out var stated)) version = stated[1].GetInt32();
        return new Symbol(nodes, heads, version);
    }

    private static SymbolEntry Entry(JsonElement entry, int before)
    {
        var result = new SymbolEntry(entry[0].GetInt32(), entry[1].GetInt32());
        if (result.Node < 0 || result.Node >= before || result.Output < 0) throw new JsonException($"an entry points to node {result.Node}, which does not come before");
        return result;
    }
}
