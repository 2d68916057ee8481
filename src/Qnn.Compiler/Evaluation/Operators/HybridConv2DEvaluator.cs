using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The definition, sum by sum.</summary>
internal sealed class HybridConv2DEvaluator : OperatorEvaluator<HybridConv2D>
{
    protected override void Evaluate(HybridConv2D op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (x, w, y, window) = (inputs[0]!.Type.Shape, inputs[3]!.Type.Shape, outputs[0].Type.Shape, op.Window);
        var (data, weights, quantization) = (inputs[0]!.ToInt64(), inputs[3]!.ToInt64(), inputs[3]!.Type.Quantization!);
        for (int i = 0; i < y.ElementCount; i++)
        {
            int o = i % y[3], column = i / y[3] % y[2], row = i / y[3] / y[2] % y[1], n = i / y[3] / y[2] / y[1], first = o / (y[3] / op.Groups) * w[3];
            int zeroPoint = inputs[2]!.Span<int>()[n];
            long sum = 0;
            for (int tap = 0; tap < w[1] * w[2] * w[3]; tap++)
            {
                int c = tap % w[3], kx = tap / w[3] % w[2], ky = tap / w[3] / w[2];
                int iy = row * window.StrideHeight - window.PadTop + ky * window.DilationHeight, ix = column * window.StrideWidth - window.PadLeft + kx * window.DilationWidth;
                if (iy < 0 || iy >= x[1] || ix < 0 || ix >= x[2]) continue;
                sum += (data[((n * x[1] + iy) * x[2] + ix) * x[3] + first + c] - zeroPoint) * weights[((o * w[1] + ky) * w[2] + kx) * w[3] + c];
            }
            float dataScale = inputs[1]!.Span<float>()[n], weightScale = quantization.Scales[quantization.IsPerChannel ? o : 0];
            float product = op.Scaling switch
            {
                HybridScaling.WeightFirst => sum * weightScale * dataScale,
                HybridScaling.DataFirst => sum * dataScale * weightScale,
                _ => sum * (dataScale * weightScale),
            };
            float bias = inputs.Count > 4 && inputs[4] is { } biases ? biases.Span<float>()[o] : 0;
            float value = op.Scaling == HybridScaling.Fused ? MathF.FusedMultiplyAdd(sum, dataScale * weightScale, bias) : product + bias;
            outputs[0].MutableSpan<float>()[i] = Math.Min(Math.Max(value, op.Min), op.Max);
        }
    }
}
