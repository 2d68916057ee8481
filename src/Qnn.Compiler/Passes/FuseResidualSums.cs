using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Passes;

/// <summary><c>qnn.quantize(multiply_add(cast(x), factor, (cast(sums) + bias) * scale)) => qnn.residual_sums</c>: what follows a oneDNN convolution that adds, in one step.</summary>
public sealed class FuseResidualSums : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "fuse-residual-sums";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (node.Operator is not Quantize { Arithmetic: QuantizeArithmetic.MultiplyEven, Factor: null, Element: ElementType.U8 or ElementType.S8 } op || node.Output.Type.Quantization is not { IsPerChannel: false }) return null;
        if (context.SoleProducer(0) is not { Operator: MultiplyAdd } added || added.Input(1).Type.Shape.ElementCount != 1) return null;
        if (context.Builder.Producer(added.Input(0)) is not { Operator: Cast } cast || cast.Input(0) is not { } x || x.Type.Element != op.Element) return null;
        int columns = x.Type.Shape.Rank > 0 ? x.Type.Shape[-1] : 0;
        if (Take(added.Input(2), BinaryKind.Multiply, columns, context) is not var (sums, scale)) return null;
        Value? bias = null;
        if (Take(sums, BinaryKind.Add, columns, context) is var (unbiased, row)) (sums, bias) = (unbiased, row);
        if (context.Graph.OnlyUser(sums) is null || context.Builder.Producer(sums) is not { Operator: Cast } real) return null;
        var accumulators = real.Input(0);
        if (accumulators.Type.Element != ElementType.S32 || columns == 0 || !accumulators.Type.Shape.Equals(x.Type.Shape)) return null;
        return [context.Builder.Add(new ResidualSums(op.Element), [x, added.Input(1), accumulators, scale, bias], node.Location, node.Output.Type.Quantization, node.Output.Name)];
    }

    // The operands of a value that nothing else takes, the second one a row of the first.
    private static (Value Data, Value Row)? Take(Value value, BinaryKind kind, int columns, RewriteContext context)
    {
        if (context.Graph.OnlyUser(value) is null || context.Builder.Producer(value) is not { Operator: Binary { Min: float.NegativeInfinity, Max: float.PositiveInfinity } op } node || op.Kind != kind) return null;
        if (!node.Input(0).Type.Shape.Equals(value.Type.Shape)) return null;
        var shape = node.Input(1).Type.Shape;
        return shape.ElementCount == 1 || shape.ElementCount == columns && shape[-1] == columns ? (node.Input(0), node.Input(1)) : null;
    }
}
