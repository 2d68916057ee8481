using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; k follows from the shapes.</summary>
internal sealed class TopKLowering : OperatorLowering<TopK>
{
    protected override void Lower(TopK op, Node node, LoweringContext context) =>
        context.Step(OpCode.TopK, node, new TopKParameters { Order = op.Order });
}
