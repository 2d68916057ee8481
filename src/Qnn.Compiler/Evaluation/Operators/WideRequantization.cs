using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Requantization of 64-bit accumulators, for the evaluators of operators that have them.</summary>
internal static class WideRequantization
{
    /// <summary>Stores an accumulator, finished.</summary>
    public static void Store(Requantize op, Tensor output, int index, BigInteger accumulator, int channel)
    {
        int value = op.Arithmetic switch
        {
            RequantizeArithmetic.FixedPointWide => Wide(op, accumulator, channel),
            RequantizeArithmetic.Float64Away => Real(op, accumulator, channel),
            _ => RequantizeEvaluator.Apply(op, unchecked((int)(long)accumulator), channel),
        };
        if (output.Type.Element == ElementType.S16) output.MutableSpan<short>()[index] = (short)value;
        else output.MutableSpan<byte>()[index] = unchecked((byte)value);
    }

    private static int Real(Requantize op, BigInteger accumulator, int channel)
    {
        double product = (double)accumulator * op.Multipliers[op.Multipliers.Count == 1 ? 0 : channel];
        double whole = Math.Truncate(product);
        if (Math.Abs(product - whole) >= 0.5) whole += Math.Sign(product);
        return (int)Math.Clamp(whole + op.OutputZeroPoint, op.Minimum, op.Maximum);
    }

    // floor(acc * r * 2^(e - 15) + 1/2), r the multiplier's mantissa rounded to 31 and then to 15 bits.
    private static int Wide(Requantize op, BigInteger accumulator, int channel)
    {
        double multiplier = op.Multipliers[op.Multipliers.Count == 1 ? 0 : channel];
        int exponent = 0;
        if (multiplier != 0)
        {
            while (Math.ScaleB(multiplier, -exponent) >= 1) exponent++;
            while (Math.ScaleB(multiplier, -exponent) < 0.5) exponent--;
        }
        long mantissa = (long)Math.Round(Math.ScaleB(multiplier, 31 - exponent), MidpointRounding.AwayFromZero);
        if (mantissa == 1L << 31) (mantissa, exponent) = (1L << 30, exponent + 1);
        long reduced = Math.Min((mantissa + 32768) / 65536, 32767);
        BigInteger unit = BigInteger.Pow(2, 15 - exponent), doubled = accumulator * reduced * 2 + unit;
        var quotient = BigInteger.DivRem(doubled, unit * 2, out var remainder);
        if (remainder < 0) quotient -= 1;
        // What does not fit 32 bits wraps, as the framework's conversion does.
        int wrapped = unchecked((int)(uint)(quotient & uint.MaxValue));
        return Math.Min(Math.Max(wrapped + op.OutputZeroPoint, op.Minimum), op.Maximum);
    }
}
