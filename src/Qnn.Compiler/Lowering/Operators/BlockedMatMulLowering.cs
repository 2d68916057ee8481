using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; weights are put as its kernel takes them, and where data are quantized scales and zero points are multiplied.</summary>
internal sealed class BlockedMatMulLowering : OperatorLowering<BlockedMatMul>
{
    protected override void Lower(BlockedMatMul op, Node node, LoweringContext context)
    {
        var weights = new Weights(op, node, context);
        int[] constants = !op.Quantizes ? [weights.Lanes(), context.Tensor(node.Input(2)), weights.OneZero() ?? context.Tensor(node.Input(3))]
            : op.Bits == 2 ? [weights.Ordered(), context.Tensor(node.Input(2)), weights.Offsets()]
            : [weights.Panels(), weights.PanelScales(), weights.OneZero() ?? weights.Offsets()];
        context.Step(
            OpCode.BlockedMatMul, node.Location.Node,
            [context.Tensor(node.Input(0)), .. constants, .. node.Inputs.Skip(4).Select(context.Tensor)],
            [context.Tensor(node.Output)],
            new BlockedMatMulParameters { Block = op.Block, Bits = op.Bits, Quantizes = op.Quantizes },
            LoweringContext.MultiplyAdds(node));
    }

    private sealed class Weights(BlockedMatMul op, Node node, LoweringContext context)
    {
        private readonly string _name = node.Location.Node;
        private readonly Tensor _weights = WideLowering.Constant(node, 1), _scales = WideLowering.Constant(node, 2), _zeros = WideLowering.Constant(node, 3);

        private int Columns => _scales.Type.Shape[0];

        private int Blocks => _scales.Type.Shape[1];

        private int Length => _weights.Type.Shape[1];

        // The zero point, where it is the same everywhere.
        public int? OneZero()
        {
            var zeros = _zeros.Span<float>();
            return zeros.ContainsAnyExcept(zeros[0]) ? null : context.Constant(zeros[..1], $"{_name}/zero");
        }

        // What a step of the data's sum adds: less the scale times the zero point.
        public int Offsets()
        {
            ReadOnlySpan<float> scales = _scales.Span<float>(), zeros = _zeros.Span<float>();
            var offsets = new float[scales.Length];
            for (int i = 0; i < scales.Length; i++) offsets[i] = -(scales[i] * zeros[i]);
            return InPanels(offsets, "offsets");
        }

        public int PanelScales() => InPanels(_scales.Span<float>(), "scales");

        // Numbers [columns, blocks], of a block sixteen columns beside each other.
        private int InPanels(ReadOnlySpan<float> numbers, string what)
        {
            const int Together = BlockPanels.Columns;
            int panels = BlockPanels.Count(Columns);
            var to = new float[checked(panels * Together * Blocks)];
            for (int i = 0; i < numbers.Length; i++)
            {
                var (column, block) = Math.DivRem(i, Blocks);
                to[(column / Together * Blocks + block) * Together + column % Together] = numbers[i];
            }
            return context.Constant<float>(to, $"{_name}/{what}", panels, Blocks, Together);
        }

        public int Panels()
        {
            const int Chunk = BlockPanels.ChunkLength, Vector = BlockPanels.Columns * Chunk;
            int[] chunks = new BlockPanels(op.Block, op.Bits, Blocks).Chunks;
            int panels = BlockPanels.Count(Columns), perVector = 8 / op.Bits, bytes = chunks.Length / perVector * Vector;
            var from = _weights.Span<byte>();
            var to = new byte[checked(panels * bytes)];
            for (int column = 0; column < Columns; column++)
            {
                var weights = from.Slice(column * Length, Length);
                int at = column / BlockPanels.Columns * bytes + column % BlockPanels.Columns * Chunk;
                for (int i = 0; i < chunks.Length; i++)
                {
                    for (int j = 0; j < Chunk; j++) to[at + i / perVector * Vector + j] |= (byte)(weights[chunks[i] * Chunk + j] << i % perVector * op.Bits);
                }
            }
            return context.Constant<byte>(to, $"{_name}/weights", panels, bytes);
        }

        // A byte each, in the order of the lanes.
        public int Ordered()
        {
            int[] order = new BlockLanes(op.Block, op.Bits).Row(Blocks);
            var from = _weights.Span<byte>();
            var to = new byte[from.Length];
            for (int row = 0; row < to.Length; row += Length)
            {
                for (int i = 0; i < Length; i++) to[row + i] = from[row + order[i]];
            }
            return context.Constant<byte>(to, $"{_name}/weights", Columns, Length);
        }

        // Of each lane eight in a number of 32 bits.
        public int Lanes()
        {
            int groups = (Length - 1) / BlockedRowKernel.GroupLength + 1, bytes = groups * BlockedRowKernel.Lanes * BlockedRowKernel.LaneBytes;
            var from = _weights.Span<byte>();
            var to = new byte[checked(Columns * bytes)];
            for (int i = 0; i < from.Length; i++)
            {
                var (column, element) = Math.DivRem(i, Length);
                var (step, lane) = Math.DivRem(element, BlockedRowKernel.Lanes);
                var (group, nibble) = Math.DivRem(step, BlockedRowKernel.GroupLength / BlockedRowKernel.Lanes);
                to[column * bytes + (group * BlockedRowKernel.Lanes + lane) * BlockedRowKernel.LaneBytes + nibble / 2] |= (byte)(from[i] << nibble % 2 * op.Bits);
            }
            return context.Constant<byte>(to, $"{_name}/weights", Columns, bytes);
        }
    }
}
