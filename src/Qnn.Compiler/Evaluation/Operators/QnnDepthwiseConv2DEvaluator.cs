using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The definition, loop by loop.</summary>
internal sealed class QnnDepthwiseConv2DEvaluator : OperatorEvaluator<QnnDepthwiseConv2D>
{
    protected override void Evaluate(QnnDepthwiseConv2D op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        int[] data = QuantizedOperands.Centered(inputs[0]!), weights = QuantizedOperands.Centered(inputs[1]!);
        int[]? bias = inputs.ElementAtOrDefault(2)?.ToInt32();
        var (d, k, y, w) = (inputs[0]!.Type.Shape, inputs[1]!.Type.Shape, outputs[0].Type.Shape, op.Window);
        int multiplier = y[3] / d[3], zeroPoint = inputs[0]!.Type.ZeroPoint;
        for (int b = 0, at = 0; b < y[0]; b++)
            for (int row = 0; row < y[1]; row++)
                for (int column = 0; column < y[2]; column++)
                    for (int o = 0; o < y[3]; o++, at++)
                    {
                        int sum = bias is null ? 0 : bias[o], pair = 0;
                        for (int ky = 0; ky < k[1]; ky++)
                            for (int kx = 0; kx < k[2]; kx++)
                            {
                                int py = row * w.StrideHeight + ky * w.DilationHeight - w.PadTop, px = column * w.StrideWidth + kx * w.DilationWidth - w.PadLeft, tap = ky * k[2] + kx;
                                bool inside = py >= 0 && py < d[1] && px >= 0 && px < d[2];
                                int value = inside ? data[((b * d[1] + py) * d[2] + px) * d[3] + o / multiplier] : 0, weight = weights[tap * k[3] + o];
                                sum += value * weight;
                                if (!op.SaturatesPairs) continue;
                                pair = tap % 2 * pair + (value + zeroPoint) * (weight + WeightZeroPoint(inputs[1]!, o));
                                if (tap % 2 != 0 || tap == k[1] * k[2] - 1) sum += Math.Clamp(pair, short.MinValue, short.MaxValue) - pair;
                            }
                        RequantizeEvaluator.Store(op.Epilogue, outputs[0], at, sum, o);
                    }
    }

    private static int WeightZeroPoint(Tensor weights, int output) => weights.Type.Quantization is { } q ? q.ZeroPoints[q.IsPerChannel ? output : 0] : 0;
}
