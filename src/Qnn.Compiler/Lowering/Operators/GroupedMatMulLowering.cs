using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class GroupedMatMulLowering : OperatorLowering<GroupedMatMul>
{
    protected override void Lower(GroupedMatMul op, Node node, LoweringContext context) =>
        context.Step(OpCode.GroupedMatMul, node, new GroupedMatMulParameters { FusedRun = op.FusedRun, IsTurned = op.IsTurned ? 1 : 0 });
}
