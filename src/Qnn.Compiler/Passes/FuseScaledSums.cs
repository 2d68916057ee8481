using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Passes;

/// <summary><c>cast(sums - columns * zero point) * factor (+ bias) => qnn.scaled_sums</c>: what follows a matrix product that was quantized at run time, in one step.</summary>
public sealed class FuseScaledSums : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "fuse-scaled-sums";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (node.Operator is not Binary { Min: float.NegativeInfinity, Max: float.PositiveInfinity } op || node.Output.Type.Element != ElementType.F32) return null;
        return op.Kind switch
        {
            BinaryKind.Multiply => Scale(node, context, 0) ?? Scale(node, context, 1),
            BinaryKind.Add => AddBias(node, context, 0) ?? AddBias(node, context, 1),
            _ => null,
        };
    }

    private static IReadOnlyList<Value>? Scale(Node node, RewriteContext context, int place)
    {
        var factor = node.Input(1 - place);
        if (context.SoleProducer(place) is not { Operator: Cast { Element: ElementType.F32 } } cast || cast.Input(0) is not { Type: { Element: ElementType.S32, Shape.Rank: > 0 } } sums) return null;
        if (!sums.Type.Shape.Equals(node.Output.Type.Shape) || !IsRow(factor, sums.Type.Shape[-1], orOne: true)) return null;
        Value? zero = null, columns = null;
        if (context.Builder.Producer(sums) is { Operator: Binary { Kind: BinaryKind.Subtract } } difference && difference.Input(0).Type.Shape.Equals(sums.Type.Shape)
            && context.Builder.Producer(difference.Input(1)) is { Operator: Binary { Kind: BinaryKind.Multiply } } share
            && share.Input(0) is { IsConstant: true } totals && IsRow(totals, sums.Type.Shape[-1], orOne: false) && share.Input(1).Type.Shape.ElementCount == 1)
        {
            (sums, zero, columns) = (difference.Input(0), share.Input(1), totals);
        }
        return [context.Builder.Add(new ScaledSums(), [sums, factor, null, zero, columns], node.Location, null, node.Output.Name)];
    }

    private static IReadOnlyList<Value>? AddBias(Node node, RewriteContext context, int place)
    {
        if (context.SoleProducer(place) is not { Operator: ScaledSums } producer || producer.OptionalInput(2) is not null) return null;
        var bias = node.Input(1 - place);
        if (!node.Output.Type.Shape.Equals(producer.Output.Type.Shape) || !IsRow(bias, node.Output.Type.Shape[-1], orOne: false)) return null;
        return [context.Builder.Add(new ScaledSums(), [producer.Input(0), producer.Input(1), bias, producer.OptionalInput(3), producer.OptionalInput(4)], node.Location, null, node.Output.Name)];
    }

    private static bool IsRow(Value value, int length, bool orOne)
    {
        var shape = value.Type.Shape;
        return orOne && shape.ElementCount == 1 || shape.ElementCount == length && shape.Rank > 0 && shape[-1] == length;
    }
}
