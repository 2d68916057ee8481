using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; where data are quantized the weights are put in the order of the lanes.</summary>
internal sealed class BlockedMatMulLowering : OperatorLowering<BlockedMatMul>
{
    protected override void Lower(BlockedMatMul op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        context.Step(
            OpCode.BlockedMatMul, name,
            [context.Tensor(node.Input(0)), op.Quantizes ? Ordered(op, node, context) : context.Tensor(node.Input(1)), .. node.Inputs.Skip(2).Select(context.Tensor)],
            [context.Tensor(node.Output)],
            new BlockedMatMulParameters { Block = op.Block, Bits = op.Bits, Quantizes = op.Quantizes },
            LoweringContext.MultiplyAdds(node));
    }

    private static int Ordered(BlockedMatMul op, Node node, LoweringContext context)
    {
        var weights = WideLowering.Constant(node, 1);
        int width = weights.Type.Shape[1];
        int[] order = new BlockLanes(op.Block, op.Bits).Row(width / op.Block);
        var from = weights.Span<byte>();
        var to = new byte[from.Length];
        for (int row = 0; row < to.Length; row += width)
        {
            for (int i = 0; i < width; i++) to[row + i] = from[row + order[i]];
        }
        return context.Constant<byte>(to, $"{node.Location.Node}/weights", weights.Type.Shape[0], width);
    }
}
