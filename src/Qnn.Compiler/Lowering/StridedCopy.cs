using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering;

/// <summary>Adds the step that all operators become whose result's elements are some of the operand's, regularly spaced.</summary>
internal static class StridedCopy
{
    /// <summary>result[i0, i1, ...] = operand[offset + i0 * strides[0] + ...]</summary>
    /// <param name="context">The program.</param>
    /// <param name="node">The node, with one operand to copy and one result.</param>
    /// <param name="extents">A factorisation of the result's shape.</param>
    /// <param name="strides">Operand elements from one index of an axis to the next.</param>
    /// <param name="offset">The operand's element that result element 0 is.</param>
    public static void Add(LoweringContext context, Node node, ReadOnlySpan<int> extents, ReadOnlySpan<int> strides, int offset = 0)
    {
        var parameters = new StridedCopyParameters { Rank = extents.Length, Offset = offset, Extents = Dims.From(extents), Strides = Dims.From(strides) };
        context.Step(OpCode.StridedCopy, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)], parameters);
    }
}
