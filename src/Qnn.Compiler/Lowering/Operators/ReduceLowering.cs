using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The axes become a bit mask.</summary>
internal sealed class ReduceLowering : OperatorLowering<Reduce>
{
    protected override void Lower(Reduce op, Node node, LoweringContext context)
    {
        int mask = 0;
        var reduced = op.Mask(node.Input(0).Type.Shape);
        for (int axis = 0; axis < reduced.Length; axis++) mask |= reduced[axis] ? 1 << axis : 0;
        context.Step(OpCode.Reduce, node, new ReduceParameters { Kind = (int)op.Kind, AxisMask = mask });
    }
}
