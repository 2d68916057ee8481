using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Passes;

/// <summary>A rewrite of the whole graph that leaves its outputs identical, bit for bit. One file a pass; the order is in <see cref="PassPipeline"/>.</summary>
public abstract class GraphPass
{
    /// <summary>The name in dumps: <c>fold-constants</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Makes the new graph; the same object when there is nothing to do.</summary>
    public abstract Graph Run(Graph graph);
}
