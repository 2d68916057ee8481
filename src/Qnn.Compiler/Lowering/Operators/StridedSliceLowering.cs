using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A slice of everything costs nothing; any other is a strided copy.</summary>
internal sealed class StridedSliceLowering : OperatorLowering<StridedSlice>
{
    protected override void Lower(StridedSlice op, Node node, LoweringContext context)
    {
        var shape = node.Input(0).Type.Shape;
        if (op.Shape.ElementCount == 0 || op.Shape.Equals(shape) && op.Strides.Zip(shape).All(p => p.First == 1 || p.Second == 1))
        {
            if (op.Shape.Equals(shape)) context.Alias(node.Output, node.Input(0));
            else StridedCopy.Add(context, node, op.Shape.Span, new int[shape.Rank]);
            return;
        }
        var strides = shape.Strides();
        var steps = new int[shape.Rank];
        int offset = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            // A single element has no next one, and its stride may be as large as the file likes.
            steps[axis] = op.Shape[axis] == 1 ? 0 : op.Strides[axis] * strides[axis];
            offset += op.Begin[axis] * strides[axis];
        }
        StridedCopy.Add(context, node, op.Shape.Span, steps, offset);
    }
}
