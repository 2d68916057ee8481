using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A reversed axis starts at its last element and has a negative stride.</summary>
internal sealed class ReverseLowering : OperatorLowering<Reverse>
{
    protected override void Lower(Reverse op, Node node, LoweringContext context)
    {
        var shape = node.Input(0).Type.Shape;
        var strides = shape.Strides();
        int offset = 0;
        foreach (int axis in op.Axes.Distinct().Where(axis => shape[axis] > 0))
        {
            offset += (shape[axis] - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        StridedCopy.Add(context, node, shape.Span, strides, offset);
    }
}
