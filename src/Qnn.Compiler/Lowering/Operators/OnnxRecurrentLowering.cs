using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step. The 8-bit weights of a gate are a padded row of 16-bit numbers; float weights are transposed, a row for each element of the state.</summary>
internal sealed class OnnxRecurrentLowering : OperatorLowering<OnnxRecurrent>
{
    protected override void Lower(OnnxRecurrent op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        var weights = WideLowering.Constant(node, 4);
        int width = weights.Type.Shape[0], hidden = weights.Type.Shape[1];
        int packed, scales = -1;
        if (weights.Type.Element == ElementType.F32)
        {
            var plain = weights.Span<float>();
            var transposed = new float[plain.Length];
            for (int i = 0; i < plain.Length; i++) transposed[i % hidden * width + i / hidden] = plain[i];
            packed = context.Constant<float>(transposed, $"{name}/weights", hidden, width);
        }
        else
        {
            packed = context.Constant<short>(WideLowering.Rows(weights, hidden), $"{name}/weights");
            scales = context.Constant<float>(weights.Type.Quantization!.ScalesOf(width), $"{name}/scales");
        }
        context.Step(
            OpCode.OnnxRecurrent, name,
            [.. node.Inputs.Take(4).Select(context.Tensor), packed, scales, context.Tensor(node.Inputs[5]), context.Tensor(node.Inputs[6])],
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
