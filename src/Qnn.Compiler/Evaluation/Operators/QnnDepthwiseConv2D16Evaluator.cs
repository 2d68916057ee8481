using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The definition, sum by sum.</summary>
internal sealed class QnnDepthwiseConv2D16Evaluator : OperatorEvaluator<QnnDepthwiseConv2D16>
{
    protected override void Evaluate(QnnDepthwiseConv2D16 op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (x, w, y, window) = (inputs[0]!.Type.Shape, inputs[1]!.Type.Shape, outputs[0].Type.Shape, op.Window);
        var (data, weights, bias) = (inputs[0]!.ToInt64(), inputs[1]!.ToInt64(), inputs.Count > 2 ? inputs[2]?.ToInt64() : null);
        for (int i = 0; i < y.ElementCount; i++)
        {
            int o = i % y[3], column = i / y[3] % y[2], row = i / y[3] / y[2] % y[1], n = i / y[3] / y[2] / y[1];
            BigInteger sum = bias?[o] ?? 0;
            for (int tap = 0; tap < w[1] * w[2]; tap++)
            {
                int iy = row * window.StrideHeight - window.PadTop + tap / w[2] * window.DilationHeight, ix = column * window.StrideWidth - window.PadLeft + tap % w[2] * window.DilationWidth;
                if (iy < 0 || iy >= x[1] || ix < 0 || ix >= x[2]) continue;
                sum += data[((n * x[1] + iy) * x[2] + ix) * x[3] + o / (y[3] / x[3])] * weights[tap * w[3] + o];
            }
            WideRequantization.Store(op.Epilogue, outputs[0], i, sum, o);
        }
    }
}
