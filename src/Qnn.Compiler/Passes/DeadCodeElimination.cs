using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Passes;

/// <summary>Removes nodes whose results nothing uses. Operators that update variables stay.</summary>
public sealed class DeadCodeElimination : GraphPass
{
    /// <inheritdoc/>
    public override string Name => "eliminate-dead-code";

    /// <inheritdoc/>
    public override Graph Run(Graph graph) => Eliminate(graph);

    internal static Graph Eliminate(Graph graph)
    {
        var live = new HashSet<Value>(graph.Outputs);
        var kept = new List<Node>();
        foreach (var node in graph.Nodes.Reverse())
        {
            if (node.Operator.IsPure && !node.Outputs.Any(live.Contains)) continue;
            kept.Add(node);
            foreach (var input in node.Inputs)
            {
                if (input is not null) live.Add(input);
            }
        }
        if (kept.Count == graph.Nodes.Count) return graph;
        kept.Reverse();
        return new Graph(graph.Name, graph.Inputs, graph.Outputs, kept);
    }
}
