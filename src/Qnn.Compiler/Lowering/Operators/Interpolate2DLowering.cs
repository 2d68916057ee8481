using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class Interpolate2DLowering : OperatorLowering<Interpolate2D>
{
    protected override void Lower(Interpolate2D op, Node node, LoweringContext context) =>
        context.Step(OpCode.Interpolate, node.Location.Node, [.. node.Inputs.Select(context.Tensor)], [context.Tensor(node.Output)], new InterpolateParameters { Order = (int)op.Order });
}
