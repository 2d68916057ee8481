using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step. Weights are transposed, a row for each element of what they are multiplied by.</summary>
internal sealed class FloatRecurrentLowering : OperatorLowering<FloatRecurrent>
{
    protected override void Lower(FloatRecurrent op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        context.Step(
            OpCode.FloatRecurrent, name,
            [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), context.Tensor(node.OptionalInput(2)), Transposed(3, "weights"), context.Tensor(node.OptionalInput(4)), node.OptionalInput(5) is null ? -1 : Transposed(5, "projection"), context.Tensor(node.OptionalInput(6))],
            [.. node.Outputs.Select(o => context.Tensor(o))],
            new FloatRecurrentParameters { Cell = op.Cell, Reverse = op.Reverse ? 1 : 0, Order = op.Order, ProjectionOrder = op.ProjectionOrder },
            LoweringContext.MultiplyAdds(node));

        int Transposed(int operand, string what)
        {
            var weights = WideLowering.Constant(node, operand);
            int rows = weights.Type.Shape[0], columns = weights.Type.Shape[1];
            var plain = weights.Span<float>();
            var transposed = new float[plain.Length];
            for (int i = 0; i < plain.Length; i++) transposed[i % columns * rows + i / columns] = plain[i];
            return context.Constant<float>(transposed, $"{name}/{what}", columns, rows);
        }
    }
}
