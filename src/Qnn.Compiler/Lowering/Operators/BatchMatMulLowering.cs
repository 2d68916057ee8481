using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; a large constant matrix is stored in panels, where its sums have an order of runs.</summary>
internal sealed class BatchMatMulLowering : OperatorLowering<BatchMatMul>
{
    protected override void Lower(BatchMatMul op, Node node, LoweringContext context)
    {
        var (a, b) = (node.Input(0).Type.Shape, node.Input(1).Type.Shape);
        var p = new BatchMatMulParameters { M = a[-2], K = a[-1], N = b[-1], FusedRun = op.FusedRun, Alignment = op.Alignment };
        if (node.Input(1).Constant is not { } matrix || op.FusedRun < 0 || b.ElementCount != p.K * p.N || b.Rank > a.Rank || !MatrixPanels.Takes(p.K, p.N))
        {
            context.Step(OpCode.BatchMatMul, node, p);
            return;
        }
        p.IsPaneled = true;
        p.Alignment = 0;
        int panels = context.Constant<float>(MatrixPanels.Pack(matrix.Span<float>(), p.K, p.N), $"{node.Location.Node}/panels");
        context.Step(OpCode.BatchMatMul, node.Location.Node, [context.Tensor(node.Input(0)), panels, .. node.Inputs.Skip(2).Select(context.Tensor)], [context.Tensor(node.Output)], p, LoweringContext.MultiplyAdds(node));
    }
}
