using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Passes;

/// <summary>What a <see cref="NodeRewritePass"/> sees while it rewrites one node.</summary>
public sealed class RewriteContext
{
    private readonly Node _current;

    internal RewriteContext(Graph graph, Node original, Node current, GraphBuilder builder) => (Graph, Original, _current, Builder) = (graph, original, current, builder);

    /// <summary>The graph before the pass.</summary>
    public Graph Graph { get; }

    /// <summary>The node as it stands in <see cref="Graph"/>, to ask for its users.</summary>
    public Node Original { get; }

    /// <summary>Where replacements are made.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>
    /// The node, rewritten already, that makes operand <paramref name="index"/>; null when it is no node's result, when another node takes it too, or when it is an output of the graph.
    /// What a fusion absorbs.
    /// </summary>
    public Node? SoleProducer(int index)
    {
        var operand = Original.OptionalInput(index);
        if (operand is null || Graph.OnlyUser(operand) is null) return null;
        return Builder.Producer(_current.Input(index));
    }
}
