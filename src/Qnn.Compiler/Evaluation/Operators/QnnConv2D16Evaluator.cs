using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The definition, sum by sum.</summary>
internal sealed class QnnConv2D16Evaluator : OperatorEvaluator<QnnConv2D16>
{
    protected override void Evaluate(QnnConv2D16 op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (x, w, y, window) = (inputs[0]!.Type.Shape, inputs[1]!.Type.Shape, outputs[0].Type.Shape, op.Window);
        var (data, weights, bias) = (inputs[0]!.ToInt64(), inputs[1]!.ToInt64(), inputs.Count > 2 ? inputs[2]?.ToInt64() : null);
        for (int i = 0; i < y.ElementCount; i++)
        {
            int o = i % y[3], column = i / y[3] % y[2], row = i / y[3] / y[2] % y[1], n = i / y[3] / y[2] / y[1], first = o / (y[3] / op.Groups) * w[3];
            BigInteger sum = bias?[o] ?? 0;
            for (int tap = 0; tap < w[1] * w[2] * w[3]; tap++)
            {
                int c = tap % w[3], kx = tap / w[3] % w[2], ky = tap / w[3] / w[2];
                int iy = row * window.StrideHeight - window.PadTop + ky * window.DilationHeight, ix = column * window.StrideWidth - window.PadLeft + kx * window.DilationWidth;
                if (iy < 0 || iy >= x[1] || ix < 0 || ix >= x[2]) continue;
                sum += data[((n * x[1] + iy) * x[2] + ix) * x[3] + first + c] * weights[((o * w[1] + ky) * w[2] + kx) * w[3] + c];
            }
            WideRequantization.Store(op.Epilogue, outputs[0], i, sum, o);
        }
    }
}
