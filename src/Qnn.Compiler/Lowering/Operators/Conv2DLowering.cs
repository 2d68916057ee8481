using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Groups of one channel and one output without an addend are a depthwise convolution; others stay groups.</summary>
internal sealed class Conv2DLowering : OperatorLowering<Conv2D>
{
    protected override void Lower(Conv2D op, Node node, LoweringContext context)
    {
        var weights = node.Input(1).Type.Shape;
        var p = FloatConvolution.Parameters(op.Window, node.Input(0).Type.Shape, node.Output.Type.Shape, op.Min, op.Max, op.Sum);
        int channels = weights[3];
        bool isDepthwise = channels == 1 && p.InputChannels > 1 && (p.OutputChannels == p.InputChannels || !FloatSumOrder.IsRuns(op.Sum));
        if (!isDepthwise || node.OptionalInput(3) is not null)
        {
            FloatConvolution.Add(context, node, OpCode.Conv2D, p, channels);
            return;
        }
        var source = FloatConvolution.Weights(node).Span<float>();
        int taps = p.KernelHeight * p.KernelWidth;
        var transposed = new float[source.Length];
        for (int o = 0; o < p.OutputChannels; o++)
        {
            for (int tap = 0; tap < taps; tap++) transposed[tap * p.OutputChannels + o] = source[o * taps + tap];
        }
        int packed = context.Constant<float>(transposed, node.Input(1).Name + "/packed");
        context.Step(OpCode.DepthwiseConv2D, node.Location.Node, [context.Tensor(node.Input(0)), packed, FloatConvolution.Bias(context, node)], [context.Tensor(node.Output)], p, LoweringContext.MultiplyAdds(node));
    }
}
