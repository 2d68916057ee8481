using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A transpose that moves no element (only axes of extent 1) costs nothing; any other is a strided copy.</summary>
internal sealed class TransposeLowering : OperatorLowering<Transpose>
{
    protected override void Lower(Transpose op, Node node, LoweringContext context)
    {
        var shape = node.Input(0).Type.Shape;
        int[] moved = [.. op.Permutation.Where(axis => shape[axis] != 1)];
        if (shape.ElementCount == 0 || moved.Zip(moved.Skip(1)).All(pair => pair.First < pair.Second))
        {
            context.Alias(node.Output, node.Input(0));
            return;
        }
        var strides = shape.Strides();
        StridedCopy.Add(context, node, node.Output.Type.Shape.Span, [.. op.Permutation.Select(axis => strides[axis])]);
    }
}
