using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The definition: every sum in float, product by product.</summary>
internal sealed class QnnFloatSumConv2DEvaluator : OperatorEvaluator<QnnFloatSumConv2D>
{
    protected override void Evaluate(QnnFloatSumConv2D op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (data, weights, bias) = (inputs[0]!, inputs[1]!, inputs.ElementAtOrDefault(2));
        int[] x = data.ToInt32(), w = weights.ToInt32();
        float[] scales = [.. weights.Type.Quantization!.Scales];
        var (d, k, y, window) = (data.Type.Shape, weights.Type.Shape, outputs[0].Type.Shape, op.Window);
        int taps = k[1] * k[2], at = 0;
        var products = new (float X, float W)[taps * k[3]];
        for (int b = 0; b < y[0]; b++)
            for (int row = 0; row < y[1]; row++)
                for (int column = 0; column < y[2]; column++)
                    for (int o = 0; o < y[3]; o++, at++)
                    {
                        for (int i = 0; i < products.Length; i++)
                        {
                            int channel = i / taps, ky = i % taps / k[2], kx = i % taps % k[2];
                            int py = row * window.StrideHeight + ky * window.DilationHeight - window.PadTop, px = column * window.StrideWidth + kx * window.DilationWidth - window.PadLeft;
                            bool isInside = py >= 0 && py < d[1] && px >= 0 && px < d[2];
                            int number = isInside ? x[((b * d[1] + py) * d[2] + px) * d[3] + o / (y[3] / op.Groups) * k[3] + channel] - data.Type.ZeroPoint : 0;
                            products[i] = (number * data.Type.Scale, w[((o * k[1] + ky) * k[2] + kx) * k[3] + channel] * scales[scales.Length == 1 ? 0 : o]);
                        }
                        float sum = op.Sum == FloatSum.RoundedQuads ? Quads(products) : Runs(products, FloatSumOrder.Of(op.Sum).Products);
                        if (bias is not null) sum += bias.Span<float>()[o];
                        double rounded = Math.Round((double)(sum / op.Scale), MidpointRounding.ToEven);
                        outputs[0].MutableSpan<byte>()[at] = unchecked((byte)(int)Math.Clamp(rounded + op.ZeroPoint, op.Minimum, op.Maximum));
                    }
    }

    private static float Runs((float X, float W)[] products, int run)
    {
        float total = 0;
        for (int first = 0; first < products.Length; first += run)
        {
            float sum = 0;
            foreach (var (x, w) in products.Skip(first).Take(run)) sum = MathF.FusedMultiplyAdd(x, w, sum);
            total = first == 0 ? sum : total + sum;
        }
        return total;
    }

    private static float Quads((float X, float W)[] products)
    {
        float sum = 0;
        for (int i = 0, count; i < products.Length; i += count)
        {
            int left = products.Length - i;
            count = left >= 4 ? 4 : left >= 2 ? 2 : 1;
            float part = products[i].X * products[i].W;
            foreach (var (x, w) in products.Skip(i + 1).Take(count - 1)) part += x * w;
            sum = part + sum;
        }
        return sum;
    }
}
