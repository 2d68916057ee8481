using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step, whatever the number of operands.</summary>
internal sealed class ConcatLowering : OperatorLowering<Concat>
{
    protected override void Lower(Concat op, Node node, LoweringContext context) => context.Step(OpCode.Concat, node, new ConcatParameters { Axis = op.Axis });
}
