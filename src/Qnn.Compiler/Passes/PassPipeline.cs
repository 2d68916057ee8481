using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Passes;

/// <summary>The passes between import and lowering, in order. This list is the whole of it.</summary>
public static class PassPipeline
{
    /// <summary>The passes, in order.</summary>
    public static IReadOnlyList<GraphPass> Default { get; } =
    [
        new ConstantFolding(),
        new DeadCodeElimination(),
        new MergeReshapes(),
        new MoveTransposes(),
        new FuseLookupTables(),
        new FuseRequantize(),
        new FuseResidualSums(),
        new FuseScaledSums(),
        new SplitHybridConvolutions(),
        new FoldPadding(),
        new FlipSigns(),
        new ComposeLookupTables(),
        new FuseClamps(),
        new ShareResults(),
    ];

    /// <summary>Runs the passes.</summary>
    /// <param name="graph">The imported graph.</param>
    /// <param name="observe">Called with the stage's name and its graph: first <c>import</c>, then each pass that changed something.</param>
    /// <param name="cancellation">Looked at between passes.</param>
    public static Graph Run(Graph graph, Action<string, Graph>? observe = null, CancellationToken cancellation = default)
    {
        observe?.Invoke("import", graph);
        foreach (var pass in Default)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = graph;
            graph = pass.Run(graph);
            if (ReferenceEquals(before, graph)) continue;
            GraphVerifier.Verify(graph);
            observe?.Invoke(pass.Name, graph);
        }
        return graph;
    }
}
