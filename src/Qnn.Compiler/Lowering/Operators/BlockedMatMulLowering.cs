using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; where data are quantized the weights are put in the order of the lanes, and scales and zero points are multiplied.</summary>
internal sealed class BlockedMatMulLowering : OperatorLowering<BlockedMatMul>
{
    protected override void Lower(BlockedMatMul op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        context.Step(
            OpCode.BlockedMatMul, name,
            [
                context.Tensor(node.Input(0)), op.Quantizes ? Ordered(op, node, context) : context.Tensor(node.Input(1)), context.Tensor(node.Input(2)),
                op.Quantizes ? Offsets(node, context) : context.Tensor(node.Input(3)), .. node.Inputs.Skip(4).Select(context.Tensor),
            ],
            [context.Tensor(node.Output)],
            new BlockedMatMulParameters { Block = op.Block, Bits = op.Bits, Quantizes = op.Quantizes },
            LoweringContext.MultiplyAdds(node));
    }

    // What a step of the data's sum adds: less the scale times the zero point, some columns of a block beside each other.
    private static int Offsets(Node node, LoweringContext context)
    {
        ReadOnlySpan<float> scales = WideLowering.Constant(node, 2).Span<float>(), zeros = WideLowering.Constant(node, 3).Span<float>();
        var (columns, blocks) = (node.Input(2).Type.Shape[0], node.Input(2).Type.Shape[1]);
        const int Together = BlockedMatMulKernel.OffsetColumns;
        int panels = (columns + Together - 1) / Together;
        var offsets = new float[panels * Together * blocks];
        for (int i = 0; i < scales.Length; i++)
        {
            var (column, block) = Math.DivRem(i, blocks);
            offsets[(column / Together * blocks + block) * Together + column % Together] = -(scales[i] * zeros[i]);
        }
        return context.Constant<float>(offsets, $"{node.Location.Node}/offsets", panels, blocks, Together);
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
