using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class QuantizedMinMaxLowering : OperatorLowering<QuantizedMinMax>
{
    protected override void Lower(QuantizedMinMax op, Node node, LoweringContext context) =>
        context.Step(OpCode.QuantizedMinMax, node, new QuantizedMinMaxParameters { Max = op.Max ? 1 : 0 }, inPlaceInput: node.Input(0).Type.Shape.Equals(node.Output.Type.Shape) ? 0 : -1);
}
