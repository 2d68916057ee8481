using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Passes;

/// <summary><c>clamp(conv2d(...)) => conv2d(..., min, max)</c>, and of depthwise convolutions and dense layers: the same comparisons, on sums that are in registers.</summary>
public sealed class FuseClamps : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "fuse-clamps";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (node.Operator is not Unary { Kind: UnaryKind.Clamp, Alpha: var min, Beta: var max } || !(min <= max) || context.SoleProducer(0) is not { } producer) return null;
        Operator? clamped = producer.Operator switch
        {
            Conv2D { Min: float.NegativeInfinity, Max: float.PositiveInfinity } op => op with { Min = min, Max = max },
            DepthwiseConv2D { Min: float.NegativeInfinity, Max: float.PositiveInfinity } op => op with { Min = min, Max = max },
            Dense { Min: float.NegativeInfinity, Max: float.PositiveInfinity } op => op with { Min = min, Max = max },
            _ => null,
        };
        return clamped is null ? null : [context.Builder.Add(clamped, producer.Inputs, node.Location, null, node.Output.Name)];
    }
}
