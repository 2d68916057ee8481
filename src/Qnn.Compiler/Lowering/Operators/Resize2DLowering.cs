using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class Resize2DLowering : OperatorLowering<Resize2D>
{
    protected override void Lower(Resize2D op, Node node, LoweringContext context) =>
        context.Step(OpCode.Resize, node, new ResizeParameters { Order = op.Order, AlignCorners = op.AlignCorners ? 1 : 0, HalfPixelCenters = op.HalfPixelCenters ? 1 : 0 });
}
