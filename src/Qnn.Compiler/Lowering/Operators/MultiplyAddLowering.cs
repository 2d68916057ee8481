using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class MultiplyAddLowering : OperatorLowering<MultiplyAdd>
{
    protected override void Lower(MultiplyAdd op, Node node, LoweringContext context) =>
        context.Step(OpCode.MultiplyAdd, node.Location.Node, [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), context.Tensor(node.Input(2))], [context.Tensor(node.Output)]);
}
