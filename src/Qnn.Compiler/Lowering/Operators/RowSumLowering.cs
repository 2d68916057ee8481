using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class RowSumLowering : OperatorLowering<RowSum>
{
    protected override void Lower(RowSum op, Node node, LoweringContext context) => context.Step(OpCode.RowSum, node, new RowSumParameters { Order = op.Order });
}
