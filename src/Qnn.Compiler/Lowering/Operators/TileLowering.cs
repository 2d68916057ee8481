using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>An axis of extent n that is repeated m times is two axes, m x n, of which the outer has stride 0.</summary>
internal sealed class TileLowering : OperatorLowering<Tile>
{
    protected override void Lower(Tile op, Node node, LoweringContext context)
    {
        var shape = node.Input(0).Type.Shape;
        if (shape.Equals(node.Output.Type.Shape))
        {
            context.Alias(node.Output, node.Input(0));
            return;
        }
        var strides = shape.Strides();
        var extents = new List<int>();
        var steps = new List<int>();
        void Axis(int extent, int step)
        {
            if (extent == 1) return;
            // Neighbouring axes that lie in each other count as one, so that the rank stays small.
            if (extents.Count > 0 && (long)steps[^1] == (long)step * extent)
            {
                (extents[^1], steps[^1]) = (extents[^1] * extent, step);
                return;
            }
            extents.Add(extent);
            steps.Add(step);
        }
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            Axis(op.Multiples[axis], 0);
            Axis(shape[axis], strides[axis]);
        }
        if (extents.Count > Dims.Length) throw new TypeException($"tile: {shape} by {op.Multiples} repeats too many axes");
        StridedCopy.Add(context, node, [.. extents], [.. steps]);
    }
}
