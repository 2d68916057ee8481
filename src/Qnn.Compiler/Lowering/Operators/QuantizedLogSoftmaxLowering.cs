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
        if (op.FixedPoint)
        {
            context.Step(OpCode.QuantizedLogSoftmax, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)], FixedPoint(x.Scale));
            return;
        }
        int table = context.Constant<float>(QuantizedSoftmaxLowering.ExponentialTable(x.Scale, 1), node.Location.Node + "/exp");
        var p = new QuantizedLogSoftmaxParameters { Arithmetic = SoftmaxArithmetic.FloatTable, InputScale = x.Scale, OutputScale = y.Scale, OutputZeroPoint = y.ZeroPoint };
        context.Step(OpCode.QuantizedLogSoftmax, node.Location.Node, [context.Tensor(node.Input(0)), table], [context.Tensor(node.Output)], p);
    }

    // TensorFlow Lite's PreprocessLogSoftmaxScalingExp and CalculateInputRadius.
    private static QuantizedLogSoftmaxParameters FixedPoint(float scale)
    {
        var factor = FixedPointMultiplier.From(Math.Min((double)scale * (1 << 26), (1L << 31) - 1.0));
        var reverse = FixedPointMultiplier.From((1L << (31 - Math.Max(0, factor.Exponent))) / (double)factor.Value);
        return new QuantizedLogSoftmaxParameters
        {
            Arithmetic = SoftmaxArithmetic.FixedPoint,
            Multiplier = factor.Value,
            Shift = factor.Exponent,
            ReverseMultiplier = reverse.Value,
            ReverseShift = reverse.Exponent,
            DiffMin = -(int)Math.Floor(31.0 * (1L << 26) / (1L << Math.Max(0, factor.Exponent))),
        };
    }
}
