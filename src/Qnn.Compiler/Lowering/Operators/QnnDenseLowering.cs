using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Weights packed, zero points folded into biases; one step.</summary>
internal sealed class QnnDenseLowering : OperatorLowering<QnnDense>
{
    protected override void Lower(QnnDense op, Node node, LoweringContext context)
    {
        var constant = ConvolutionOperands.Constant(node, 1)!;
        int[] weights = ConvolutionWeights.Center(constant);
        int outputs = constant.Type.Shape[0], depth = constant.Type.Shape[1];
        var sums = new int[outputs];
        for (int i = 0; i < weights.Length; i++) sums[i / depth] += weights[i];
        string name = node.Location.Node;
        var (data, zeroPoint) = ConvolutionOperands.Unsigned(node, context);
        context.Step(
            OpCode.QuantizedDense, name,
            [
                data,
                .. ConvolutionWeights.Pack(context, name, weights, 1, outputs, depth),
                .. EpilogueLowering.Channels(context, name, op.Epilogue, ConvolutionOperands.Constant(node, 2), sums, zeroPoint, 1),
            ],
            [context.Tensor(node.Output)],
            new DenseParameters { Depth = depth, InputZeroPoint = zeroPoint, Epilogue = EpilogueLowering.Parameters(op.Epilogue) },
            LoweringContext.MultiplyAdds(node));
    }
}
