using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Repeated axes have stride 0.</summary>
internal sealed class BroadcastToLowering : OperatorLowering<BroadcastTo>
{
    protected override void Lower(BroadcastTo op, Node node, LoweringContext context)
    {
        var shape = node.Input(0).Type.Shape;
        if (shape.ElementCount == op.Shape.ElementCount)
        {
            context.Alias(node.Output, node.Input(0));
            return;
        }
        var strides = shape.Strides();
        var repeated = new int[op.Shape.Rank];
        for (int axis = 0; axis < shape.Rank; axis++) repeated[^(shape.Rank - axis)] = shape[axis] == 1 ? 0 : strides[axis];
        StridedCopy.Add(context, node, op.Shape.Span, repeated);
    }
}
