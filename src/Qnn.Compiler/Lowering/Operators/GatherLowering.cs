using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class GatherLowering : OperatorLowering<Gather>
{
    protected override void Lower(Gather op, Node node, LoweringContext context) =>
        context.Step(OpCode.Gather, node, new GatherParameters { Axis = op.Axis, BatchDims = op.BatchDims });
}
