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
        int multiplier = y[3] / d[3];
        for (int b = 0, at = 0; b < y[0]; b++)
            for (int row = 0; row < y[1]; row++)
                for (int column = 0; column < y[2]; column++)
                    for (int o = 0; o < y[3]; o++, at++)
                    {
                        int sum = bias is null ? 0 : bias[o];
                        for (int ky = 0; ky < k[1]; ky++)
                            for (int kx = 0; kx < k[2]; kx++)
                            {
                                int py = row * w.StrideHeight + ky * w.DilationHeight - w.PadTop, px = column * w.StrideWidth + kx * w.DilationWidth - w.PadLeft;
                                if (py < 0 || py >= d[1] || px < 0 || px >= d[2]) continue;
                                sum += data[((b * d[1] + py) * d[2] + px) * d[3] + o / multiplier] * weights[(ky * k[2] + kx) * k[3] + o];
                            }
                        RequantizeEvaluator.Store(op.Epilogue, outputs[0], at, sum, o);
                    }
    }
}
