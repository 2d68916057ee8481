using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class RowMomentsLowering : OperatorLowering<RowMoments>
{
    protected override void Lower(RowMoments op, Node node, LoweringContext context) => context.Step(
        OpCode.RowMoments, node.Location.Node, [context.Tensor(node.Input(0))], [.. node.Outputs.Select(o => context.Tensor(o))], new RowMomentsParameters { Kind = op.Kind, Correction = op.Correction, Epsilon = op.Epsilon, Columns = op.Columns });
}
