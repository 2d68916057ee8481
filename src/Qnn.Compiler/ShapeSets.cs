using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Lowering;

namespace Qnn.Compiler;

/// <summary>The graphs of one model for several sets of input shapes: what they must have in common.</summary>
internal static class ShapeSets
{
    /// <summary>Rejects sets that a caller could not tell apart by the lengths of the inputs, and models whose sets differ in more than shapes.</summary>
    public static void Check(IReadOnlyList<Graph> graphs)
    {
        if (graphs.Count == 1) return;
        foreach (var graph in graphs)
        {
            if (!Ports(graph).SequenceEqual(Ports(graphs[0]))) throw Invalid("the model has other inputs or outputs with some of them");
        }
        var twins = graphs.GroupBy(graph => string.Join(", ", graph.Inputs.Select(i => i.Type.Shape.ElementCount))).FirstOrDefault(g => g.Count() > 1);
        if (twins is not null) throw Invalid($"two of them give the inputs the same numbers of elements ({twins.Key}), by which a call chooses");
    }

    /// <summary>Rejects several sets of a model with variable tensors: each would remember on its own.</summary>
    public static void CheckState(IReadOnlyList<LoweredProgram> programs)
    {
        if (programs.Count > 1 && programs.Any(p => p.StateBytes > 0)) throw Invalid("a model that remembers from call to call takes one");
    }

    private static IEnumerable<object> Ports(Graph graph) => graph.Inputs.Concat(graph.Outputs).Select(v => (object)(v.Name, v.Type.Element)).Prepend(graph.Inputs.Count);

    private static ModelException Invalid(string why) => new(DiagnosticCodes.InvalidOption, $"InputShapes holds several sets of shapes; {why}.");
}
