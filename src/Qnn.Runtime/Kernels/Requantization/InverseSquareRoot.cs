namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>1 / sqrt(x) of positive integers as a fixed-point factor: TensorFlow Lite's GetInvSqrtQuantizedMultiplierExp (quantization_util.h), Newton-Raphson with 3 integer bits.</summary>
internal static class InverseSquareRoot
{
    /// <summary>The multiplier, and the exponent as <see cref="FixedPoint.MultiplyDouble"/> takes it.</summary>
    public static (int Multiplier, int Exponent) Of(int x)
    {
        // 1 / sqrt(1) does not fit a fraction of 31 bits.
        if (x <= 1) return (int.MaxValue, 0);
        int rightShift = 11;
        while (x >= 1 << 29)
        {
            x /= 4;
            rightShift++;
        }
        int leadingZeros = System.Numerics.BitOperations.LeadingZeroCount((uint)x);
        int pairs = (leadingZeros - 1) / 2 - 1;
        rightShift -= pairs;
        x <<= 2 * pairs;
        // a = 1.5, with 3 integer bits; a <- 3/2 a - x/2 a^3, five times.
        int half = FixedPoint.DivideByPowerOfTwo(x >> 1, 1);
        const int OneAndHalf = (1 << 28) + (1 << 27);
        int estimate = 1 << 28;
        for (int i = 0; i < 5; i++)
        {
            // Cubed: 9 integer bits, back to 3.
            int cube = SaturatingShiftLeft(FixedPoint.DoublingHighMultiply(FixedPoint.DoublingHighMultiply(estimate, estimate), estimate), 6);
            estimate = SaturatingShiftLeft(unchecked(FixedPoint.DoublingHighMultiply(OneAndHalf, estimate) - FixedPoint.DoublingHighMultiply(half, cube)), 3);
        }
        // Divided by sqrt(2).
        estimate = FixedPoint.DoublingHighMultiply(estimate, 1518500250);
        if (rightShift < 0)
        {
            estimate <<= -rightShift;
            rightShift = 0;
        }
        return (estimate, -rightShift);
    }

    private static int SaturatingShiftLeft(int x, int count) => (int)Math.Clamp((long)x << count, int.MinValue, int.MaxValue);
}
