namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>TensorFlow Lite's fixed-point multiplications of an int32 by q * 2^(exponent - 31), for scalar kernels and tails. Results beyond 32 bits wrap.</summary>
internal static class FixedPoint
{
    /// <summary>Two roundings: <see cref="RequantizeArithmetic.FixedPointDouble"/>.</summary>
    public static int MultiplyDouble(int value, int multiplier, int exponent)
    {
        int high = DoublingHighMultiply(value << Math.Max(exponent, 0), multiplier);
        return DivideByPowerOfTwo(high, Math.Max(-exponent, 0));
    }

    /// <summary>One rounding: <see cref="RequantizeArithmetic.FixedPointSingle"/>.</summary>
    public static int MultiplySingle(int value, int multiplier, int exponent)
    {
        int shift = 31 - exponent;
        return (int)(((long)value * multiplier + (1L << (shift - 1))) >> shift);
    }

    /// <summary>gemmlowp's SaturatingRoundingDoublingHighMul: (a * b * 2) / 2^32, halves up; the one product that does not fit saturates.</summary>
    public static int DoublingHighMultiply(int a, int b) =>
        a == int.MinValue && b == int.MinValue ? int.MaxValue : (int)(((long)a * b + (1L << 30)) >> 31);

    /// <summary>gemmlowp's RoundingDivideByPOT: value / 2^exponent, halves away from zero. Exponent 0 to 31.</summary>
    public static int DivideByPowerOfTwo(int value, int exponent)
    {
        int mask = (int)((1L << exponent) - 1);
        int threshold = (mask >> 1) + (value < 0 ? 1 : 0);
        return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
    }
}
