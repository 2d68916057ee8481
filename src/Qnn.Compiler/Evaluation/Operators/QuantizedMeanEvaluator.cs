using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Sums in 64 bits, then each framework's formula.</summary>
internal sealed class QuantizedMeanEvaluator : OperatorEvaluator<QuantizedMean>
{
    protected override void Evaluate(QuantizedMean op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (x, y) = (inputs[0]!.Type, outputs[0].Type);
        long[] data = inputs[0]!.ToInt64();
        var sums = new long[y.Shape.ElementCount];
        var mask = op.Mask(x.Shape);
        for (int i = 0; i < data.Length; i++) sums[Target(i, x.Shape, mask)] += data[i] - op.Origin;
        int n = op.Count(x.Shape);
        (int min, int max) = y.Element switch { ElementType.U8 => (0, 255), ElementType.S8 => (-128, 127), _ => (-32768, 32767) };
        for (int i = 0; i < sums.Length; i++) BroadcastEvaluation.Set(outputs[0], i, (int)Math.Clamp(Scale(op, Moved(x), Moved(y), (int)sums[i], n) + op.Origin, min, max));

        TensorType Moved(TensorType type) => type with { Quantization = type.Quantization?.WithZeroPointOffset(-op.Origin) };
    }

    private static double Scale(QuantizedMean op, TensorType x, TensorType y, int sum, int n)
    {
        switch (op.Rounding)
        {
            case MeanRounding.Exact:
                {
                    var (multiplier, exponent) = Gemmlowp.Quantize((double)x.Scale / y.Scale);
                    int shift = op.Sum ? 0 : Math.Min((int)Math.Floor(Math.Log2(n)), 31 + exponent);
                    long divided = op.Sum ? multiplier : ((long)multiplier << shift) / n;
                    return Gemmlowp.Multiply(sum - x.ZeroPoint * n, (int)divided, exponent - shift) + y.ZeroPoint;
                }
            case MeanRounding.Folded:
                {
                    float offset = x.ZeroPoint * x.Scale / y.Scale;
                    var (multiplier, exponent) = Gemmlowp.Quantize(x.Scale / (n * y.Scale));
                    return Gemmlowp.Multiply(sum, multiplier, exponent) + y.ZeroPoint - (int)(offset > 0 ? offset + 0.5f : offset - 0.5f);
                }
            case MeanRounding.Float32:
                return MathF.Round((sum - x.ZeroPoint * n) * (op.Sum ? x.Scale / y.Scale : x.Scale / y.Scale / n) + y.ZeroPoint, MidpointRounding.ToEven);
            case MeanRounding.Float32Product:
                return Math.Round((sum - x.ZeroPoint * n) * (x.Scale / (y.Scale * (op.Sum ? 1 : n))), MidpointRounding.ToEven) + y.ZeroPoint;
            default:
                {
                    float factor = x.Scale / y.Scale;
                    return Math.Round(sum * factor + -x.ZeroPoint * factor * n, MidpointRounding.AwayFromZero) + y.ZeroPoint;
                }
        }
    }

    private static int Target(int index, Shape shape, bool[] mask)
    {
        int target = 0, stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            int at = index % shape[axis];
            index /= shape[axis];
            if (mask[axis]) continue;
            target += at * stride;
            stride *= shape[axis];
        }
        return target;
    }
}
