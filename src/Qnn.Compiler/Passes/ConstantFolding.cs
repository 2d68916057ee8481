using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Passes;

/// <summary><c>op(const, ...) => const</c>: nodes whose operands have become constants are evaluated.</summary>
public sealed class ConstantFolding : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "fold-constants";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (!node.Operator.IsPure || !node.Inputs.All(i => i is null || i.IsConstant)) return null;
        var results = context.Builder.Add(node.Operator, node.Inputs, node.Location, [.. node.Outputs.Select(o => o.Type.Quantization)], [.. node.Outputs.Select(o => o.Name)]);
        return results;
    }
}
