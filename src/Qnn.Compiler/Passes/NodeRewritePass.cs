using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Passes;

/// <summary>A pass that looks at one node at a time, operands first, and may put others in its place. The class comment states it as <c>before => after</c>.</summary>
public abstract class NodeRewritePass : GraphPass
{
    /// <inheritdoc/>
    public sealed override Graph Run(Graph graph)
    {
        var builder = new GraphBuilder(graph.Name);
        var replaced = new Dictionary<Value, Value>();
        Value Current(Value value) => replaced.GetValueOrDefault(value, value);
        bool changed = false;
        foreach (var input in graph.Inputs) builder.AddInput(input);
        foreach (var node in graph.Nodes)
        {
            var current = node.Inputs.Any(i => i is not null && replaced.ContainsKey(i))
                ? node with { Inputs = [.. node.Inputs.Select(i => i is null ? null : Current(i))] }
                : node;
            var context = new RewriteContext(graph, node, current, builder);
            if (Rewrite(current, context) is { } results)
            {
                changed = true;
                for (int i = 0; i < results.Count; i++) replaced[node.Outputs[i]] = results[i];
            }
            else
            {
                builder.Add(current);
            }
        }
        if (!changed) return graph;
        foreach (var output in graph.Outputs) builder.AddOutput(Current(output));
        return DeadCodeElimination.Eliminate(builder.Build());
    }

    /// <summary>The values to take the place of a node's results, made through the context's builder; null leaves the node alone.</summary>
    /// <param name="node">The node, its operands already rewritten.</param>
    /// <param name="context">The graph before the pass, and the builder of the new one.</param>
    protected abstract IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context);
}
