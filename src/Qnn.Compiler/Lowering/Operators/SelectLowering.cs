using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The kernel takes operands of the result's shape or of one element; others are broadcast first.</summary>
internal sealed class SelectLowering : OperatorLowering<Select>
{
    protected override void Lower(Select op, Node node, LoweringContext context)
    {
        int[] operands = [.. Enumerable.Range(0, 3).Select(i => Operand(node.Input(i), node, context))];
        context.Step(OpCode.Select, node.Location.Node, operands, [context.Tensor(node.Output)]);
    }

    private static int Operand(Value operand, Node node, LoweringContext context)
    {
        var shape = node.Output.Type.Shape;
        int count = operand.Type.Shape.ElementCount;
        if (count == 1 || count == shape.ElementCount) return context.Tensor(operand);
        var broadcast = Value.Result($"{operand.Name}/broadcast", operand.Type with { Shape = shape });
        new BroadcastToLowering().Lower(node with { Operator = new BroadcastTo(shape), Inputs = [operand], Outputs = [broadcast] }, context);
        return context.Tensor(broadcast);
    }
}
