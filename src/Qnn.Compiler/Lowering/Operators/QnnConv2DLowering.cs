using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Weights packed, zero points folded into biases; one step.</summary>
internal sealed class QnnConv2DLowering : OperatorLowering<QnnConv2D>
{
    protected override void Lower(QnnConv2D op, Node node, LoweringContext context)
    {
        var weights = ConvolutionOperands.Constant(node, 1)!;
        var shape = weights.Type.Shape;
        int[] rows = ConvolutionWeights.Center(weights);
        Add(op.Window, op.Groups, op.Epilogue, node, context, rows, shape[0], shape[1] * shape[2] * shape[3]);
    }

    /// <summary>Adds the step of a convolution with weights as [outputs][depth].</summary>
    public static void Add(Window2D window, int groups, Requantize? epilogue, Node node, LoweringContext context, int[] weights, int outputs, int depth) =>
        Add(window, groups, epilogue, node, context, weights, outputs, depth, ConvolutionOperands.Unsigned(node, context), ConvolutionOperands.Constant(node, 2), context.Tensor(node.Output));

    /// <summary>The same of unsigned data, into a given tensor. Returns the packed weights' tensor.</summary>
    public static int Add(Window2D window, int groups, Requantize? epilogue, Node node, LoweringContext context, int[] weights, int outputs, int depth, (int Tensor, int ZeroPoint) data, Tensor? bias, int result)
    {
        var sums = new int[outputs];
        for (int o = 0; o < outputs; o++) sums[o] = weights.AsSpan(o * depth, depth).ToArray().Sum();
        string name = node.Location.Node;
        int zeroPoint = data.ZeroPoint;
        int[] packed = ConvolutionWeights.Pack(context, name, weights, groups, outputs / groups, depth);
        context.Step(
            OpCode.QuantizedConv2D, name,
            [
                data.Tensor,
                .. packed,
                .. EpilogueLowering.Channels(context, name, epilogue, bias, sums, zeroPoint, groups),
            ],
            [result],
            ConvolutionOperands.Parameters(window, groups, zeroPoint, epilogue),
            LoweringContext.MultiplyAdds(node));
        return packed[0];
    }
}
