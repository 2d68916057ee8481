using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class GridSampleLowering : OperatorLowering<GridSample>
{
    protected override void Lower(GridSample op, Node node, LoweringContext context) =>
        context.Step(OpCode.GridSample, node, new GridSampleParameters { Mode = op.Mode, Padding = op.Padding, AlignCorners = op.AlignCorners ? 1 : 0 });
}
