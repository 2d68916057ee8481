using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element, as TensorFlow Lite's reference kernels, XNNPACK's scalar ones, QNNPACK's and PyTorch's.</summary>
internal sealed class QuantizedAddEvaluator : OperatorEvaluator<QuantizedAdd>
{
    protected override void Evaluate(QuantizedAdd op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (a, b, y) = (inputs[0]!, inputs[1]!, outputs[0]);
        Func<int, int, int> add = op.Arithmetic switch
        {
            AddArithmetic.FixedPoint => FixedPoint(a.Type, b.Type, y.Type, op.Subtract),
            AddArithmetic.Shift => Shift(a.Type, b.Type, y.Type, op.Subtract),
            AddArithmetic.ShiftAway => ShiftAway(a.Type, b.Type, y.Type, op.Subtract),
            AddArithmetic.DequantizedFused or AddArithmetic.Dequantized => Dequantized(a.Type, b.Type, y.Type, op.Arithmetic == AddArithmetic.DequantizedFused),
            AddArithmetic.Linear => Linear(a.Type, b.Type, y.Type),
            _ => PowerOfTwo(a.Type, b.Type, y.Type, op.Subtract),
        };
        BroadcastEvaluation.Apply(a, b, y, (p, q) => Math.Clamp(add(p, q), op.Min, op.Max));
    }

    private static Func<int, int, int> FixedPoint(TensorType a, TensorType b, TensorType y, bool subtract)
    {
        int leftShift = y.Element == ElementType.S16 ? 15 : 20;
        double twiceMax = 2 * Math.Max(a.Scale, b.Scale);
        var (ma, ea) = Gemmlowp.Quantize(a.Scale / twiceMax);
        var (mb, eb) = Gemmlowp.Quantize(b.Scale / twiceMax);
        var (my, ey) = Gemmlowp.Quantize(twiceMax / ((1 << leftShift) * y.Scale));
        return (p, q) =>
        {
            int x = Gemmlowp.Multiply((p - a.ZeroPoint) * (1 << leftShift), ma, ea), z = Gemmlowp.Multiply((q - b.ZeroPoint) * (1 << leftShift), mb, eb);
            return Gemmlowp.Multiply(subtract ? x - z : x + z, my, ey) + y.ZeroPoint;
        };
    }

    private static Func<int, int, int> Linear(TensorType a, TensorType b, TensorType y)
    {
        float ratioA = a.Scale / y.Scale, ratioB = b.Scale / y.Scale;
        float offset = y.ZeroPoint - MathF.FusedMultiplyAdd(ratioA, a.ZeroPoint, ratioB * b.ZeroPoint);
        return (p, q) => (int)Math.Clamp(MathF.Round(MathF.FusedMultiplyAdd(p, ratioA, MathF.FusedMultiplyAdd(q, ratioB, offset)), MidpointRounding.ToEven), -1000, 1000);
    }

    private static Func<int, int, int> Dequantized(TensorType a, TensorType b, TensorType y, bool fused)
    {
        float inverse = 1 / y.Scale;
        return (p, q) => (int)Math.Clamp(Math.Round((double)((QuantizedOperands.Dequantize(a, p, fused) + QuantizedOperands.Dequantize(b, q, fused)) * inverse), MidpointRounding.ToEven), -1e6, 1e6) + y.ZeroPoint;
    }

    private static Func<int, int, int> Shift(TensorType a, TensorType b, TensorType y, bool subtract)
    {
        float ratioA = a.Scale / y.Scale, ratioB = b.Scale / y.Scale;
        int exponent = (int)Math.Floor(Math.Log2(Math.Max(ratioA, ratioB)));
        double unit = Math.Pow(2, 20 - exponent);
        long ma = (long)Math.Round(ratioA * unit, MidpointRounding.ToEven), mb = (long)Math.Round(ratioB * unit, MidpointRounding.ToEven);
        return (p, q) =>
        {
            long sum = ma * (p - a.ZeroPoint) + (subtract ? -mb : mb) * (q - b.ZeroPoint);
            return (int)Math.Floor((sum + unit / 2) / unit) + y.ZeroPoint;
        };
    }

    private static Func<int, int, int> ShiftAway(TensorType a, TensorType b, TensorType y, bool subtract)
    {
        float ratioA = a.Scale / y.Scale, ratioB = b.Scale / y.Scale;
        double unit = Math.Pow(2, 21 - (int)Math.Floor(Math.Log2(Math.Max(ratioA, ratioB))));
        long ma = (long)Math.Round(ratioA * unit, MidpointRounding.ToEven), mb = (long)Math.Round(ratioB * unit, MidpointRounding.ToEven);
        return (p, q) => (int)Math.Round((ma * (p - a.ZeroPoint) + (subtract ? -mb : mb) * (q - b.ZeroPoint)) / unit, MidpointRounding.AwayFromZero) + y.ZeroPoint;
    }

    private static Func<int, int, int> PowerOfTwo(TensorType a, TensorType b, TensorType y, bool subtract)
    {
        int shiftA = (int)Math.Round(Math.Log2(y.Scale / a.Scale)), shiftB = (int)Math.Round(Math.Log2(y.Scale / b.Scale));
        return (p, q) =>
        {
            int x = Gemmlowp.DividePowerOfTwo(p, shiftA), z = Gemmlowp.DividePowerOfTwo(q, shiftB);
            return subtract ? x - z : x + z;
        };
    }
}
