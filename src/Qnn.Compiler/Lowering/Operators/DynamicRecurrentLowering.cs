using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step. The int8 weights of a gate are a padded row of 16-bit numbers; float weights are transposed, a row for each element of the state.</summary>
internal sealed class DynamicRecurrentLowering : OperatorLowering<DynamicRecurrent>
{
    protected override void Lower(DynamicRecurrent op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        var weights = WideLowering.Constant(node, 3);
        int width = weights.Type.Shape[0], hidden = weights.Type.Shape[1];
        int packed = -1, scales = -1;
        if (op.TorchRange > 0)
        {
            packed = context.Constant<short>(WideLowering.Rows(weights, hidden), $"{name}/weights");
            scales = context.Constant<float>(weights.Type.Quantization!.ScalesOf(width), $"{name}/scales");
        }
        else
        {
            var plain = weights.Span<float>();
            var transposed = new float[plain.Length];
            for (int i = 0; i < plain.Length; i++) transposed[i % hidden * width + i / hidden] = plain[i];
            packed = context.Constant<float>(transposed, $"{name}/weights", hidden, width);
        }
        int bias = node.OptionalInput(4) is { } given ? context.Tensor(given) : context.Constant<float>(new float[width], $"{name}/bias");
        context.Step(
            OpCode.DynamicRecurrent, name,
            [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), context.Tensor(node.OptionalInput(2)), packed, scales, bias, context.Tensor(node.OptionalInput(5))],
            [.. node.Outputs.Select(o => context.Tensor(o))],
            new DynamicRecurrentParameters { Cell = op.Cell, Reverse = op.Reverse ? 1 : 0, TorchRange = op.TorchRange, Fused = op.Fused ? 1 : 0, ByReciprocal = op.ByReciprocal ? 1 : 0 },
            LoweringContext.MultiplyAdds(node));
    }
}
