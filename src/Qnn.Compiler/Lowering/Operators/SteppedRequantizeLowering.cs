using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class SteppedRequantizeLowering : OperatorLowering<SteppedRequantize>
{
    protected override void Lower(SteppedRequantize op, Node node, LoweringContext context) =>
        context.Step(
            OpCode.SteppedRequantize, node.Location.Node, [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), context.Tensor(node.OptionalInput(2))], [context.Tensor(node.Output)],
            new SteppedRequantizeParameters { Inverse = op.Inverse, ZeroPoint = op.ZeroPoint, Minimum = op.Minimum, Maximum = op.Maximum });
}
