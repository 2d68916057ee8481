using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step, without biases.</summary>
internal sealed class QnnBatchMatMulLowering : OperatorLowering<QnnBatchMatMul>
{
    protected override void Lower(QnnBatchMatMul op, Node node, LoweringContext context) => context.Step(
        OpCode.QuantizedBatchMatMul, node.Location.Node,
        [context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), .. WideLowering.Channels(context, node, op.Epilogue, 1, null)],
        [context.Tensor(node.Output)],
        new WideBatchMatMulParameters { ZeroPointA = node.Input(0).Type.ZeroPoint, ZeroPointB = node.Input(1).Type.ZeroPoint, Epilogue = WideLowering.Epilogue(op.Epilogue) },
        LoweringContext.MultiplyAdds(node));
}
