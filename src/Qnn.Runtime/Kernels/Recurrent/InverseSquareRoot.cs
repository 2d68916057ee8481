using System.Numerics;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>TensorFlow Lite's GetInvSqrtQuantizedMultiplierExp: 1 / sqrt(x) as a fixed-point multiplier, by five steps of Newton and Raphson in gemmlowp's arithmetic.</summary>
internal static class InverseSquareRoot
{
    /// <summary>(q, e) with 1 / sqrt(x) = q * 2^(e - 31), for x > 0.</summary>
    public static (int Multiplier, int Exponent) Of(int x)
    {
        if (x <= 1) return (int.MaxValue, 0);
        int shift = 11;
        while (x >= 1 << 29)
        {
            x /= 4;
            shift++;
        }
        int pairs = (BitOperations.LeadingZeroCount((uint)x) - 1) / 2 - 1;
        shift -= pairs;
        x <<= 2 * pairs;
        // Numbers with three integer bits: 1 is 2^28.
        int halfInput = FixedPoint.DivideByPowerOfTwo(x >> 1, 1), y = 1 << 28;
        const int threeHalves = (1 << 28) + (1 << 27);
        for (int i = 0; i < 5; i++)
        {
            int cube = ShiftLeft(FixedPoint.DoublingHighMultiply(FixedPoint.DoublingHighMultiply(y, y), y), 6);
            y = ShiftLeft(FixedPoint.DoublingHighMultiply(threeHalves, y) - FixedPoint.DoublingHighMultiply(halfInput, cube), 3);
        }
        const int halfRootOf2 = 1518500250;
        y = FixedPoint.DoublingHighMultiply(y, halfRootOf2);
        if (shift < 0)
        {
            y <<= -shift;
            shift = 0;
        }
        return (y, -shift);
    }

    private static int ShiftLeft(int a, int count) => (int)Math.Clamp((long)a << count, int.MinValue, int.MaxValue);
}
