using System.Numerics;

namespace Qnn.Compiler.Evaluation;

/// <summary>gemmlowp's fixed-point arithmetic, written from its definition with integers that cannot overflow. For evaluators; kernels have their own.</summary>
internal static class Gemmlowp
{
    /// <summary>value * 2^left, times factor, rounded: the doubled high product first (halves up), then the right shift (halves away from zero).</summary>
    public static int Multiply(int value, int multiplier, int exponent)
    {
        int shifted = unchecked(value << Math.Max(exponent, 0));
        BigInteger product = FloorDivide((BigInteger)shifted * multiplier + (1L << 30), BigInteger.Pow(2, 31));
        return DividePowerOfTwo((int)product, Math.Max(-exponent, 0));
    }

    /// <summary>value / 2^exponent to the nearest integer, halves away from zero.</summary>
    public static int DividePowerOfTwo(int value, int exponent)
    {
        long divisor = 1L << exponent;
        long magnitude = (Math.Abs((long)value) + divisor / 2) / divisor;
        return (int)(Math.Sign(value) * magnitude);
    }

    /// <summary>A real factor as multiplier and exponent.</summary>
    public static (int Multiplier, int Exponent) Quantize(double factor)
    {
        if (!(factor > 0) || double.IsInfinity(factor)) return (0, 0);
        int exponent = 0;
        for (; factor >= 1; factor /= 2) exponent++;
        for (; factor < 0.5; factor *= 2) exponent--;
        long multiplier = (long)Math.Floor(factor * (1L << 31) + 0.5);
        if (multiplier == 1L << 31) (multiplier, exponent) = (1L << 30, exponent + 1);
        return exponent < -31 ? (0, 0) : ((int)multiplier, exponent);
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b) => BigInteger.Divide(a - ((a % b + b) % b), b);
}
