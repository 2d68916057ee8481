using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; the weights of an output and tap are a row.</summary>
internal sealed class QnnConv2DTransposeLowering : OperatorLowering<QnnConv2DTranspose>
{
    protected override void Lower(QnnConv2DTranspose op, Node node, LoweringContext context)
    {
        var weights = WideLowering.Constant(node, 1);
        var shape = weights.Type.Shape;
        context.Step(
            OpCode.QuantizedConv2DTranspose, node.Location.Node,
            [
                context.Tensor(node.Input(0)),
                context.Constant<short>(WideLowering.Rows(weights, shape[3]), $"{node.Location.Node}/weights"),
                .. WideLowering.Channels(context, node, op.Epilogue, shape[0], node.OptionalInput(2)?.Constant),
            ],
            [context.Tensor(node.Output)],
            new WideConv2DTransposeParameters { Window = WideLowering.Window(op.Window), InputZeroPoint = node.Input(0).Type.ZeroPoint, Epilogue = WideLowering.Epilogue(op.Epilogue) },
            LoweringContext.MultiplyAdds(node));
    }
}
