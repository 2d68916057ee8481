using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>As the framework's reference has it: every input element scatters its products.</summary>
internal sealed class QnnConv2DTransposeEvaluator : OperatorEvaluator<QnnConv2DTranspose>
{
    protected override void Evaluate(QnnConv2DTranspose op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (x, w, y, window) = (inputs[0]!.Type.Shape, inputs[1]!.Type.Shape, outputs[0].Type.Shape, op.Window);
        var (data, weights, bias) = (inputs[0]!.ToInt64(), inputs[1]!.ToInt64(), inputs.Count > 2 ? inputs[2]?.ToInt64() : null);
        var quantization = inputs[1]!.Type.Quantization;
        var sums = new BigInteger[y.ElementCount];
        for (int i = 0; i < data.Length; i++)
        {
            int c = i % x[3], ix = i / x[3] % x[2], iy = i / x[3] / x[2] % x[1], n = i / x[3] / x[2] / x[1];
            for (int o = 0; o < w[0]; o++)
            {
                int zeroPoint = quantization is null ? 0 : quantization.ZeroPoints[quantization.IsPerChannel ? o : 0];
                for (int tap = 0; tap < w[1] * w[2]; tap++)
                {
                    int oy = iy * window.StrideHeight - window.PadTop + tap / w[2], ox = ix * window.StrideWidth - window.PadLeft + tap % w[2];
                    if (oy < 0 || oy >= y[1] || ox < 0 || ox >= y[2]) continue;
                    sums[((n * y[1] + oy) * y[2] + ox) * y[3] + o] += (data[i] - inputs[0]!.Type.ZeroPoint) * (weights[(o * w[1] * w[2] + tap) * w[3] + c] - zeroPoint);
                }
            }
        }
        for (int i = 0; i < sums.Length; i++) WideRequantization.Store(op.Epilogue, outputs[0], i, sums[i] + (bias?[i % y[3]] ?? 0), i % y[3]);
    }
}
