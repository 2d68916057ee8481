using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Exact sums in integers, then a step that rounds them, and adds up in float those that the float sum's errors could take over a half.</summary>
internal sealed class QnnFloatSumConv2DLowering : OperatorLowering<QnnFloatSumConv2D>
{
    protected override void Lower(QnnFloatSumConv2D op, Node node, LoweringContext context)
    {
        var (weights, type, name) = (ConvolutionOperands.Constant(node, 1)!, node.Output.Type, node.Location.Node);
        var (shape, data) = (weights.Type.Shape, ConvolutionOperands.Unsigned(node, context));
        bool isDepthwise = op.Sum == FloatSum.RoundedQuads;
        int outputs = shape[0], taps = shape[1] * shape[2], channels = shape[3], products = taps * channels;
        int[] rows = ConvolutionWeights.Center(weights);
        int sums = context.Temporary(new TensorType(ElementType.S32, type.Shape), $"{name}/sums");
        int stored = -1;
        if (isDepthwise)
        {
            var columns = new int[rows.Length];
            for (int i = 0; i < rows.Length; i++) columns[i % taps * outputs + i / taps] = rows[i];
            QnnDepthwiseConv2DLowering.Add(op.Window, node, context, columns, outputs, data, sums);
        }
        else
        {
            stored = QnnConv2DLowering.Add(op.Window, op.Groups, null, node, context, rows, outputs, products, data, null, sums);
        }

        int pitch = FloatSumRequantizeKernel.Pitch(products);
        var (ordered, scales, reach) = (new sbyte[outputs * pitch], weights.Type.Quantization!.ScalesOf(outputs), new float[outputs]);
        float inputScale = node.Input(0).Type.Scale;
        for (int o = 0; o < outputs; o++)
        {
            var row = ordered.AsSpan(o * pitch, products);
            for (int i = 0; i < products; i++) row[i] = (sbyte)rows[(o * taps + i % taps) * channels + i / taps];
            reach[o] = FloatSumReach.Of(row, op.Sum, data.ZeroPoint, (double)inputScale * scales[o] / op.Scale);
        }
        var p = new FloatSumRequantizeParameters
        {
            Shape = FloatConvolution.Parameters(op.Window, node.Input(0).Type.Shape, type.Shape, 0, 0, op.Sum) with { Groups = isDepthwise ? 1 : op.Groups },
            InputZeroPoint = data.ZeroPoint,
            InputScale = inputScale,
            OutputScale = op.Scale,
            OutputZeroPoint = op.ZeroPoint,
            Minimum = op.Minimum,
            Maximum = op.Maximum,
        };
        context.Step(
            OpCode.RequantizeFloatSum, name,
            [sums, data.Tensor, isDepthwise ? context.Constant<sbyte>(ordered, $"{name}/rows") : stored, context.Constant<float>(scales, $"{name}/scales"), context.Constant<float>(reach, $"{name}/reach"), FloatConvolution.Bias(context, node)],
            [context.Tensor(node.Output)], p);
    }
}
