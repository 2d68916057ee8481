using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class CascadeSumLowering : OperatorLowering<CascadeSum>
{
    protected override void Lower(CascadeSum op, Node node, LoweringContext context) =>
        context.Step(OpCode.CascadeSum, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)]);
}
