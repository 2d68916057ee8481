using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class GatherNdLowering : OperatorLowering<GatherNd>
{
    protected override void Lower(GatherNd op, Node node, LoweringContext context) =>
        context.Step(OpCode.GatherNd, node.Location.Node, [context.Tensor(node.Input(0)), context.Tensor(node.Input(1))], [context.Tensor(node.Output)]);
}
