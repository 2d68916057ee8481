using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Passes;

/// <summary><c>reshape(reshape(x)) => reshape(x)</c>, and <c>reshape(x) => x</c> where neither the shape nor the quantization changes. Results of the graph keep their node, and so their name.</summary>
public sealed class MergeReshapes : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "merge-reshapes";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (node.Operator is not Reshape reshape) return null;
        var data = node.Input(0);
        while (context.Builder.Producer(data) is { Operator: Reshape } before) data = before.Input(0);
        bool unchanged = data.Type.Shape.Equals(reshape.Shape) && Equals(data.Type.Quantization, node.Output.Type.Quantization);
        if (unchanged && !context.Graph.Outputs.Contains(context.Original.Output)) return [data];
        return ReferenceEquals(data, node.Input(0)) ? null : [context.Builder.Add(reshape, [data], node.Location, node.Output.Type.Quantization, node.Output.Name)];
    }
}
