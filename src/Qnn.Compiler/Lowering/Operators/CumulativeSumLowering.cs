using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class CumulativeSumLowering : OperatorLowering<CumulativeSum>
{
    protected override void Lower(CumulativeSum op, Node node, LoweringContext context) =>
        context.Step(OpCode.CumulativeSum, node, new CumulativeSumParameters { Axis = op.Axis, Exclusive = op.Exclusive ? 1 : 0, Reverse = op.Reverse ? 1 : 0, IsProduct = op.IsProduct ? 1 : 0 });
}
