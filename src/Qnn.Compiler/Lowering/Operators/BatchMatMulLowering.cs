using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class BatchMatMulLowering : OperatorLowering<BatchMatMul>
{
    protected override void Lower(BatchMatMul op, Node node, LoweringContext context)
    {
        var (a, b) = (node.Input(0).Type.Shape, node.Input(1).Type.Shape);
        context.Step(OpCode.BatchMatMul, node, new BatchMatMulParameters { M = a[-2], K = a[-1], N = b[-1], FusedRun = op.FusedRun, Alignment = op.Alignment });
    }
}
