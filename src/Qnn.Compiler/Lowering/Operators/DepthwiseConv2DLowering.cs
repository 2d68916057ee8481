using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The weights are in the kernel's order already.</summary>
internal sealed class DepthwiseConv2DLowering : OperatorLowering<DepthwiseConv2D>
{
    protected override void Lower(DepthwiseConv2D op, Node node, LoweringContext context)
    {
        FloatConvolution.Weights(node);
        var p = FloatConvolution.Parameters(op.Window, node.Input(0).Type.Shape, node.Output.Type.Shape, op.Min, op.Max, op.Sum);
        int[] inputs = [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), FloatConvolution.Bias(context, node)];
        context.Step(OpCode.DepthwiseConv2D, node.Location.Node, inputs, [context.Tensor(node.Output)], p, LoweringContext.MultiplyAdds(node));
    }
}
