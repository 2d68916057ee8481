using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Makes the table of exponentials.</summary>
internal sealed class QuantizedLogSoftmaxLowering : OperatorLowering<QuantizedLogSoftmax>
{
    protected override void Lower(QuantizedLogSoftmax op, Node node, LoweringContext context)
    {
        var (x, y) = (node.Input(0).Type, node.Output.Type);
        int table = context.Constant<float>(QuantizedSoftmaxLowering.ExponentialTable(x.Scale, 1), node.Location.Node + "/exp");
        var p = new QuantizedLogSoftmaxParameters { InputScale = x.Scale, OutputScale = y.Scale, OutputZeroPoint = y.ZeroPoint };
        context.Step(OpCode.QuantizedLogSoftmax, node.Location.Node, [context.Tensor(node.Input(0)), table], [context.Tensor(node.Output)], p);
    }
}
