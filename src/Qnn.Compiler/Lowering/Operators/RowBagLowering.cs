using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class RowBagLowering : OperatorLowering<RowBag>
{
    protected override void Lower(RowBag op, Node node, LoweringContext context) =>
        context.Step(OpCode.RowBag, node, new RowBagParameters { Mode = op.Mode, IncludesLastOffset = op.IncludesLastOffset ? 1 : 0, Padding = op.Padding });
}
