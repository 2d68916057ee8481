using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A cast to the type that the data has costs nothing.</summary>
internal sealed class CastLowering : OperatorLowering<Cast>
{
    protected override void Lower(Cast op, Node node, LoweringContext context)
    {
        if (node.Input(0).Type.Element == op.Element) context.Alias(node.Output, node.Input(0));
        else context.Step(OpCode.Cast, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)]);
    }
}
