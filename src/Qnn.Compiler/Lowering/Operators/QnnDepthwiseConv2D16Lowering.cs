using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; the weights keep their order.</summary>
internal sealed class QnnDepthwiseConv2D16Lowering : OperatorLowering<QnnDepthwiseConv2D16>
{
    protected override void Lower(QnnDepthwiseConv2D16 op, Node node, LoweringContext context)
    {
        var weights = WideLowering.Constant(node, 1);
        context.Step(
            OpCode.QuantizedDepthwiseConv2D16, node.Location.Node,
            [
                context.Tensor(node.Input(0)),
                context.Constant<short>([.. weights.ToInt64().Select(w => (short)w)], $"{node.Location.Node}/weights"),
                .. WideLowering.Channels(context, node, op.Epilogue, weights.Type.Shape[3], node.OptionalInput(2)?.Constant),
            ],
            [context.Tensor(node.Output)],
            new WideConv2DParameters { Window = WideLowering.Window(op.Window), Groups = 1, Epilogue = WideLowering.Epilogue(op.Epilogue) },
            LoweringContext.MultiplyAdds(node));
    }
}
