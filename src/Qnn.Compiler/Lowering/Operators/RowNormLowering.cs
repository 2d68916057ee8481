using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class RowNormLowering : OperatorLowering<RowNorm>
{
    protected override void Lower(RowNorm op, Node node, LoweringContext context) =>
        context.Step(OpCode.RowNorm, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)]);
}
