using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Counted;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class JoinCountedLowering : OperatorLowering<JoinCounted>
{
    protected override void Lower(JoinCounted op, Node node, LoweringContext context) => context.Step(OpCode.JoinCounted, node, new CountedParameters { Axis = op.Axis });
}
