using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class TriangularSolveLowering : OperatorLowering<TriangularSolve>
{
    protected override void Lower(TriangularSolve op, Node node, LoweringContext context) =>
        context.Step(OpCode.TriangularSolve, node.Location.Node, [context.Tensor(node.Input(0)), context.Tensor(node.Input(1))], [context.Tensor(node.Output)], multiplyAdds: LoweringContext.MultiplyAdds(node));
}
