using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; k follows from the shapes.</summary>
internal sealed class TopKLowering : OperatorLowering<TopK>
{
    protected override void Lower(TopK op, Node node, LoweringContext context) =>
        context.Step(OpCode.TopK, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Outputs[0]), context.Tensor(node.Outputs[1])]);
}
