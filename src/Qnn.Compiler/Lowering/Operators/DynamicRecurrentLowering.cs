using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step. int8 weights are packed as a dense layer's, float weights in panels of columns.</summary>
internal sealed class DynamicRecurrentLowering : OperatorLowering<DynamicRecurrent>
{
    protected override void Lower(DynamicRecurrent op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        var weights = WideLowering.Constant(node, 3);
        int width = weights.Type.Shape[0], hidden = weights.Type.Shape[1];
        int[] packed = op.TorchRange > 0 ? RecurrentLowering.Sums(context, weights, name) : [context.Constant<float>(RecurrentLowering.Panels(weights.Span<float>(), hidden), $"{name}/weights")];
        int bias = node.OptionalInput(4) is { } given ? context.Tensor(given) : context.Constant<float>(new float[width], $"{name}/bias");
        context.Step(
            OpCode.DynamicRecurrent, name,
            [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), context.Tensor(node.OptionalInput(2)), bias, context.Tensor(node.OptionalInput(5)), .. packed],
            [.. node.Outputs.Select(o => context.Tensor(o))],
            new DynamicRecurrentParameters { Cell = op.Cell, Reverse = op.Reverse ? 1 : 0, TorchRange = op.TorchRange, Fused = op.Fused ? 1 : 0, ByReciprocal = op.ByReciprocal ? 1 : 0 },
            LoweringContext.MultiplyAdds(node));
    }
}
