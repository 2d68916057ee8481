using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class QuantizedRowMomentsLowering : OperatorLowering<QuantizedRowMoments>
{
    protected override void Lower(QuantizedRowMoments op, Node node, LoweringContext context) => context.Step(
        OpCode.QuantizedRowMoments, node.Location.Node, [context.Tensor(node.Input(0))], [.. node.Outputs.Select(o => context.Tensor(o))],
        new QuantizedRowMomentsParameters { Epsilon = op.Epsilon, Scale = node.Input(0).Type.Scale, ZeroPoint = node.Input(0).Type.ZeroPoint });
}
