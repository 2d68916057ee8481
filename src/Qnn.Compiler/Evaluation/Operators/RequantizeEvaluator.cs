using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The arithmetics as their frameworks write them, in integers of any size.</summary>
internal sealed class RequantizeEvaluator : OperatorEvaluator<Requantize>
{
    protected override void Evaluate(Requantize op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        long[] data = inputs[0]!.ToInt64();
        int zeroPoint = inputs[0]!.Type.ZeroPoint;
        for (int i = 0; i < data.Length; i++) Store(outputs[0], i, Apply(op, unchecked((int)data[i] - zeroPoint), i % Math.Max(op.Multipliers.Count, op.FloatBias?.Count ?? 1)));
    }

    /// <summary>One accumulator of a channel.</summary>
    public static int Apply(Requantize op, int accumulator, int channel)
    {
        double multiplier = op.Multipliers[op.Multipliers.Count == 1 ? 0 : channel];
        if (op.Arithmetic == RequantizeArithmetic.Float32NearestEven)
        {
            double rounded = Math.Round((double)((float)accumulator * (float)multiplier), MidpointRounding.ToEven);
            return (int)Math.Clamp(rounded + op.OutputZeroPoint, op.Minimum, op.Maximum);
        }
        if (op.Arithmetic == RequantizeArithmetic.Float32Stepped)
        {
            float product = (float)accumulator * (float)multiplier;
            float sum = product + (float)op.FloatBias![op.FloatBias.Count == 1 ? 0 : channel];
            float quotient = sum * op.Reciprocal;
            float moved = quotient + op.OutputZeroPoint;
            return (int)Math.Clamp(Math.Round((double)moved, MidpointRounding.ToEven), op.Minimum, op.Maximum);
        }
        if (op.FloatBias is { } bias)
        {
            float sum = (float)accumulator + (float)bias[bias.Count == 1 ? 0 : channel];
            return (int)Math.Clamp(Math.Round((double)(sum * (float)multiplier), MidpointRounding.ToEven) + op.OutputZeroPoint, op.Minimum, op.Maximum);
        }
        var (q, e) = Quantize(multiplier);
        int scaled = op.Arithmetic switch
        {
            RequantizeArithmetic.FixedPointDouble => RoundingDivideByPot(SaturatingRoundingDoublingHighMul(unchecked((int)((long)accumulator << Math.Max(e, 0))), q), Math.Max(-e, 0)),
            RequantizeArithmetic.FixedPointSingle => unchecked((int)(long)FloorDivide(new BigInteger(accumulator) * q + BigInteger.Pow(2, 30 - e), BigInteger.Pow(2, 31 - e))),
            _ => throw new InvalidOperationException($"{op.Arithmetic}"),
        };
        return Math.Clamp(unchecked(scaled + op.OutputZeroPoint), op.Minimum, op.Maximum);
    }

    /// <summary>Accumulators, or what an epilogue makes of them, to a result.</summary>
    public static void Store(Requantize? epilogue, Tensor output, int index, int accumulator, int channel)
    {
        if (epilogue is null) output.MutableSpan<int>()[index] = accumulator;
        else Store(output, index, Apply(epilogue, accumulator, channel));
    }

    private static void Store(Tensor output, int index, int value)
    {
        if (output.Type.Element == ElementType.S16) output.MutableSpan<short>()[index] = (short)value;
        else output.MutableSpan<byte>()[index] = unchecked((byte)value);
    }

    // TensorFlow Lite's QuantizeMultiplier, by repeated halving and doubling.
    private static (int Q, int E) Quantize(double multiplier)
    {
        if (multiplier == 0) return (0, 0);
        int e = 0;
        while (multiplier >= 1) (multiplier, e) = (multiplier / 2, e + 1);
        while (multiplier < 0.5) (multiplier, e) = (multiplier * 2, e - 1);
        double q = Math.Round(multiplier * (1L << 31), MidpointRounding.AwayFromZero);
        if (q == 1L << 31) (q, e) = (q / 2, e + 1);
        return e < -31 ? (0, 0) : ((int)q, e);
    }

    private static int SaturatingRoundingDoublingHighMul(int a, int b)
    {
        if (a == int.MinValue && b == int.MinValue) return int.MaxValue;
        long product = (long)a * b;
        long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
        return (int)((product + nudge) / (1L << 31));
    }

    private static int RoundingDivideByPot(int x, int exponent) =>
        (int)Math.Round((decimal)x / (1L << exponent), MidpointRounding.AwayFromZero);

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
