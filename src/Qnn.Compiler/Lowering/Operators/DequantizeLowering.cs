using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One scale for the whole tensor.</summary>
internal sealed class DequantizeLowering : OperatorLowering<Dequantize>
{
    protected override void Lower(Dequantize op, Node node, LoweringContext context) =>
        context.Step(OpCode.Dequantize, node, new DequantizeParameters { Scale = node.Input(0).Type.Scale, ZeroPoint = node.Input(0).Type.ZeroPoint }, inPlaceInput: node.Input(0).Type.Element.Size() == 4 ? 0 : -1);
}
