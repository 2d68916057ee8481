using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step, in place where it can.</summary>
internal sealed class FlipSignLowering : OperatorLowering<FlipSign>
{
    protected override void Lower(FlipSign op, Node node, LoweringContext context) =>
        context.Step(OpCode.FlipSign, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)], inPlaceInput: 0);
}
