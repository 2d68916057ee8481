using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step. Weights lie in panels of columns.</summary>
internal sealed class FloatRecurrentLowering : OperatorLowering<FloatRecurrent>
{
    protected override void Lower(FloatRecurrent op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        context.Step(
            OpCode.FloatRecurrent, name,
            [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), context.Tensor(node.OptionalInput(2)), Panels(3, "weights"), context.Tensor(node.OptionalInput(4)), node.OptionalInput(5) is null ? -1 : Panels(5, "projection"), context.Tensor(node.OptionalInput(6))],
            [.. node.Outputs.Select(o => context.Tensor(o))],
            new FloatRecurrentParameters { Cell = op.Cell, Reverse = op.Reverse ? 1 : 0, Order = op.Order, ProjectionOrder = op.ProjectionOrder },
            LoweringContext.MultiplyAdds(node));

        int Panels(int operand, string what)
        {
            var weights = WideLowering.Constant(node, operand);
            return context.Constant<float>(RecurrentLowering.Panels(weights.Span<float>(), weights.Type.Shape[1]), $"{name}/{what}");
        }
    }
}
