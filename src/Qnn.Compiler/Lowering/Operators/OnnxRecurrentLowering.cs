using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step. 8-bit weights are packed as a dense layer's, float weights in panels of columns.</summary>
internal sealed class OnnxRecurrentLowering : OperatorLowering<OnnxRecurrent>
{
    protected override void Lower(OnnxRecurrent op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        var weights = WideLowering.Constant(node, 4);
        int hidden = weights.Type.Shape[1];
        int[] packed;
        if (weights.Type.Element == ElementType.F32)
        {
            // The candidates of a GRU have panels of their own.
            int columns = op.Cell is OnnxCell.Gru or OnnxCell.GruLinearBeforeReset ? 2 * hidden : weights.Type.Shape[0];
            var plain = weights.Span<float>();
            packed = [context.Constant<float>([.. RecurrentLowering.Panels(plain[..(columns * hidden)], hidden), .. RecurrentLowering.Panels(plain[(columns * hidden)..], hidden)], $"{name}/weights")];
        }
        else
        {
            packed = RecurrentLowering.Sums(context, weights, name);
        }
        context.Step(
            OpCode.OnnxRecurrent, name,
            [.. node.Inputs.Take(4).Select(context.Tensor), context.Tensor(node.Inputs[5]), context.Tensor(node.Inputs[6]), .. packed],
            [.. node.Outputs.Select(o => context.Tensor(o))],
            new OnnxRecurrentParameters
            {
                Cell = op.Cell,
                Reverse = op.Reverse ? 1 : 0,
                InputForget = op.InputForget ? 1 : 0,
                FusedRun = op.FusedRun,
                Clip = op.Clip,
                First = op.First,
                Second = op.Second,
                Third = op.Third,
            },
            LoweringContext.MultiplyAdds(node));
    }
}
