using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Counted;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class PackCountedLowering : OperatorLowering<PackCounted>
{
    protected override void Lower(PackCounted op, Node node, LoweringContext context) => context.Step(OpCode.PackCounted, node, new CountedParameters { Axis = op.Axis });
}
