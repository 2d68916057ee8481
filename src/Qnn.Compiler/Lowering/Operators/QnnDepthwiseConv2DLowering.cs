using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step over channels; with several outputs for each input channel, a grouped convolution.</summary>
internal sealed class QnnDepthwiseConv2DLowering : OperatorLowering<QnnDepthwiseConv2D>
{
    protected override void Lower(QnnDepthwiseConv2D op, Node node, LoweringContext context)
    {
        int[] weights = ConvolutionWeights.Center(ConvolutionOperands.Constant(node, 1)!);
        int inputs = node.Input(0).Type.Shape[3], outputs = node.Output.Type.Shape[3], taps = weights.Length / outputs;
        if (inputs != outputs)
        {
            var rows = new int[weights.Length];
            for (int tap = 0; tap < taps; tap++)
                for (int o = 0; o < outputs; o++) rows[o * taps + tap] = weights[tap * outputs + o];
            QnnConv2DLowering.Add(op.Window, inputs, op.Epilogue, node, context, rows, outputs, taps);
            return;
        }

        string name = node.Location.Node;
        var zeroPoints = op.SaturatesPairs ? [context.Constant<short>(ConvolutionWeights.PackDepthwise(ZeroPoints(node.Input(1).Type, outputs), 2, outputs), $"{name}/zero_points")] : (int[])[];
        Add(op.SaturatesPairs ? OpCode.SaturatingDepthwiseConv2D : OpCode.QuantizedDepthwiseConv2D, op.Window, op.Epilogue, node, context, weights, outputs, ConvolutionOperands.Unsigned(node, context), ConvolutionOperands.Constant(node, 2), context.Tensor(node.Output), zeroPoints);
    }

    /// <summary>Adds the step that makes a depthwise convolution's exact sums, of weights as [taps][channels] and unsigned data.</summary>
    public static void Add(Window2D window, Node node, LoweringContext context, int[] weights, int channels, (int Tensor, int ZeroPoint) data, int result) =>
        Add(OpCode.QuantizedDepthwiseConv2D, window, null, node, context, weights, channels, data, null, result, []);

    private static void Add(OpCode opCode, Window2D window, Requantize? epilogue, Node node, LoweringContext context, int[] weights, int channels, (int Tensor, int ZeroPoint) data, Tensor? bias, int result, int[] more)
    {
        string name = node.Location.Node;
        var sums = new int[channels];
        for (int i = 0; i < weights.Length; i++) sums[i % channels] += weights[i];
        context.Step(
            opCode, name,
            [
                data.Tensor,
                context.Constant<short>(ConvolutionWeights.PackDepthwise(weights, weights.Length / channels, channels), $"{name}/weights"),
                .. EpilogueLowering.Channels(context, name, epilogue, bias, sums, data.ZeroPoint, 1),
                .. more,
            ],
            [result],
            ConvolutionOperands.Parameters(window, channels, data.ZeroPoint, epilogue),
            LoweringContext.MultiplyAdds(node));
    }

    // Of two taps.
    private static int[] ZeroPoints(TensorType weights, int outputs) =>
        [.. Enumerable.Range(0, 2 * outputs).Select(i => weights.Quantization is { } q ? q.ZeroPoints[q.IsPerChannel ? i % outputs : 0] : 0)];
}
