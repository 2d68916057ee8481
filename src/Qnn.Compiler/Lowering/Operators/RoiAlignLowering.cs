using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; the bins follow from the result's shape.</summary>
internal sealed class RoiAlignLowering : OperatorLowering<RoiAlign>
{
    protected override void Lower(RoiAlign op, Node node, LoweringContext context) =>
        context.Step(OpCode.RoiAlign, node, new RoiAlignParameters { Samples = op.Samples, Greatest = op.Greatest ? 1 : 0, Scale = op.Scale, HalfPixel = op.HalfPixel ? 1 : 0 });
}
