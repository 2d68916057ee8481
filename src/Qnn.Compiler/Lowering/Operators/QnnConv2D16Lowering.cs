using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; weights lie in panels of outputs.</summary>
internal sealed class QnnConv2D16Lowering : OperatorLowering<QnnConv2D16>
{
    protected override void Lower(QnnConv2D16 op, Node node, LoweringContext context)
    {
        var weights = WideLowering.Constant(node, 1);
        var shape = weights.Type.Shape;
        context.Step(
            OpCode.QuantizedConv2D16, node.Location.Node,
            [
                context.Tensor(node.Input(0)),
                context.Constant<short>(WideLowering.Panels(weights, op.Groups, shape[1] * shape[2] * shape[3]), $"{node.Location.Node}/weights"),
                .. WideLowering.Channels(context, node, op.Epilogue, shape[0], node.OptionalInput(2)?.Constant),
            ],
            [context.Tensor(node.Output)],
            new WideConv2DParameters { Window = WideLowering.Window(op.Window), Groups = op.Groups, Epilogue = WideLowering.Epilogue(op.Epilogue) },
            LoweringContext.MultiplyAdds(node));
    }
}
