using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// The values whose shapes ONNX Runtime does not know when it loads a file, although that states its inputs': those that follow from what is computed at run time (padding worked out in quantized numbers, say).
/// A Shape of such a value stays, and is a user of it.
/// </summary>
internal static class OpenShapes
{
    // Operands by which an operator shapes its result, from the first such one on.
    private static readonly Dictionary<string, Range> s_shaping = new()
    {
        ["ConstantOfShape"] = ..,
        ["Expand"] = 1..,
        ["OneHot"] = 1..2,
        ["Pad"] = 1..2,
        ["Range"] = ..,
        ["ReduceL1"] = 1..,
        ["ReduceL2"] = 1..,
        ["ReduceMax"] = 1..,
        ["ReduceMean"] = 1..,
        ["ReduceMin"] = 1..,
        ["ReduceProd"] = 1..,
        ["ReduceSum"] = 1..,
        ["ReduceSumSquare"] = 1..,
        ["Reshape"] = 1..,
        ["Resize"] = 2..,
        ["Slice"] = 1..,
        ["Split"] = 1..,
        ["Squeeze"] = 1..,
        ["Tile"] = 1..,
        ["TopK"] = 1..,
        ["Unsqueeze"] = 1..,
        ["Upsample"] = 1..,
    };
    private static readonly HashSet<string> s_byData = ["Compress", "NonMaxSuppression", "NonZero", "Unique"];

    /// <summary>Those of a graph whose inputs have shapes that are known.</summary>
    /// <param name="graph">The graph, whose nodes stand behind what they take; what does not is taken to be known.</param>
    /// <param name="isStored">Whether a name that no node makes is known when the file is loaded.</param>
    public static HashSet<string> Of(GraphProto graph, Func<string, bool> isStored)
    {
        var made = graph.Node.SelectMany(n => n.Output).ToHashSet();
        var (open, atRunTime) = (new HashSet<string>(), new HashSet<string>());
        bool IsAtRunTime(string name) => name.Length > 0 && (made.Contains(name) ? atRunTime.Contains(name) : !isStored(name));
        foreach (var node in graph.Node)
        {
            bool isShape = node.OpType is "Shape" or "Size", takesOpen = node.Input.Any(open.Contains);
            if (isShape ? takesOpen : node.OpType == "DequantizeLinear" || node.Domain == OnnxOperatorAttribute.Microsoft || node.Input.Any(IsAtRunTime)) atRunTime.UnionWith(node.Output);
            if (isShape) continue;
            var (first, count) = s_shaping.TryGetValue(node.OpType, out var range) ? range.GetOffsetAndLength(Math.Max(node.Input.Count, Math.Max(range.Start.Value, range.End.IsFromEnd ? 0 : range.End.Value))) : (0, 0);
            if (takesOpen && !IsReshapedWhole(node, graph) || s_byData.Contains(node.OpType) || node.Input.Skip(first).Take(count).Any(IsAtRunTime)) open.UnionWith(node.Output);
        }
        return open;
    }

    // Whether it is reshaped to stored extents, all of them.
    private static bool IsReshapedWhole(NodeProto node, GraphProto graph) =>
        node is { OpType: "Reshape", Input.Count: 2 } && graph.Initializer.FirstOrDefault(i => i.Name == node.Input[1]) is { DataType: 7, DataLocation: 0 } shape
        && OnnxTensors.Read(shape, null).Span<long>().ToArray().All(e => e > 0);
}
