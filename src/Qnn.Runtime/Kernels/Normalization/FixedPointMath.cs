using System.Numerics;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>
/// gemmlowp's functions on 32-bit fixed-point numbers. Qm.n below has m integer bits, the sign and n = 31 - m fractional bits.
/// Source: github.com/google/gemmlowp, fixedpoint/fixedpoint.h, and TensorFlow Lite's common.h for the reciprocal.
/// </summary>
internal static class FixedPointMath
{
    /// <summary>exp(a) for a &lt;= 0: Q5.26 to Q0.31.</summary>
    public static int ExponentialOfNegative5(int a) => ExponentialOfNegative(a, 5);

    /// <summary>exp(a) for a &lt;= 0, of <paramref name="integerBits"/> integer bits, as Q0.31.</summary>
    public static int ExponentialOfNegative(int a, int integerBits)
    {
        int fractionalBits = 31 - integerBits;
        int quarter = 1 << (fractionalBits - 2);
        // a = remainder + rest, with rest in [-1/4, 0) and remainder a multiple of 1/4.
        int rest = (a & (quarter - 1)) - quarter;
        int result = ExponentialBetweenMinusQuarterAndZero(rest << integerBits);
        int remainder = unchecked(rest - a);
        ReadOnlySpan<int> factors = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];
        for (int k = 0; k < factors.Length; k++)
        {
            int exponent = k - 2;
            if (integerBits <= exponent) continue;
            int bit = 1 << (fractionalBits + exponent);
            if ((remainder & bit) != 0) result = FixedPoint.DoublingHighMultiply(result, factors[k]);
        }
        if (integerBits > 5 && a < -(1 << (fractionalBits + 5))) result = 0;
        return a == 0 ? int.MaxValue : result;
    }

    /// <summary>1 / x for x of <paramref name="integerBits"/> integer bits: the reciprocal of its mantissa in [1, 2) as Q0.31, and log2 of what the mantissa was divided by.</summary>
    public static int Reciprocal(int x, int integerBits, out int bitsOverUnit)
    {
        int headroom = BitOperations.LeadingZeroCount((uint)x);
        bitsOverUnit = integerBits - headroom;
        int shiftedMinusOne = (int)(((uint)x << headroom) - (1u << 31));
        return OneOverOnePlus(shiftedMinusOne);
    }

    /// <summary>1 / (1 + a) for a in [0, 1], Q0.31: three Newton-Raphson steps from 48/17 - 32/17 d.</summary>
    public static int OneOverOnePlus(int a)
    {
        const int FortyEightSeventeenths = 1515870810, MinusThirtyTwoSeventeenths = -1010580540, One2 = 1 << 29;
        int half = (int)(((long)a + int.MaxValue + 1) >> 1);
        int x = FortyEightSeventeenths + FixedPoint.DoublingHighMultiply(half, MinusThirtyTwoSeventeenths);
        for (int i = 0; i < 3; i++)
        {
            int product = FixedPoint.DoublingHighMultiply(half, x);
            x += SaturatingShiftLeft(FixedPoint.DoublingHighMultiply(x, One2 - product), 2);
        }
        return SaturatingShiftLeft(x, 1);
    }

    /// <summary>
    /// log(x) for x &gt;= 1 of 12 integer bits, with 5: TensorFlow Lite's log_x_for_x_greater_than_or_equal_to_1. The mantissa, taken both of x and of x * sqrt(1/2) and the better one chosen,
    /// goes through a rational approximation; log(2) times the exponent is added.
    /// </summary>
    public static int LogarithmOf12To5(int x)
    {
        const int Log2 = 1488522236, SqrtSqrtHalf = 1805811301, SqrtHalf = 1518500250, QuarterOf6 = 1 << 23;
        const int AlphaN = 117049297, AlphaD = 127690142, AlphaI = 1057819769, AlphaF = 638450708;
        int headroom = BitOperations.LeadingZeroCount((uint)x);
        int mantissa = ShiftedRight(x, 1 - headroom);
        int a = SaturatingShiftLeft(FixedPoint.DoublingHighMultiply(mantissa, SqrtHalf), 1);
        int powerA = Saturated((long)SaturatingShiftLeft(12 - headroom, 25) + QuarterOf6);

        int headroomB = BitOperations.LeadingZeroCount((uint)FixedPoint.DoublingHighMultiply(x, SqrtHalf)) - 1;
        int b = ShiftedRight(x, -headroomB);
        int powerB = Saturated((long)SaturatingShiftLeft(12 - headroomB, 25) - QuarterOf6);

        int r = Math.Min(a, b), power = Math.Max(powerA, powerB);
        long halfSum = (long)r + SqrtSqrtHalf;
        int p = (int)((halfSum + (halfSum >= 0 ? 1 : -1)) / 2), q = unchecked(2 * (r - SqrtSqrtHalf));
        int square = FixedPoint.DoublingHighMultiply(q, q);
        int numerator = unchecked(FixedPoint.DoublingHighMultiply(q, r) + FixedPoint.DoublingHighMultiply(FixedPoint.DoublingHighMultiply(q, square), AlphaN));
        int inner = unchecked(AlphaI + q + FixedPoint.DoublingHighMultiply(AlphaD, square));
        int denominatorMinus1 = unchecked(FixedPoint.DoublingHighMultiply(p, inner) + FixedPoint.DoublingHighMultiply(AlphaF, q));
        int fraction = FixedPoint.DoublingHighMultiply(FixedPoint.DivideByPowerOfTwo(numerator, 6), OneOverOnePlus(denominatorMinus1));
        return SaturatingShiftLeft(unchecked(FixedPoint.DoublingHighMultiply(power, Log2) + fraction), 1);
    }

    private static int ShiftedRight(int x, int count) => count > 0 ? FixedPoint.DivideByPowerOfTwo(x, count) : SaturatingShiftLeft(x, -count);

    private static int Saturated(long x) => (int)Math.Clamp(x, int.MinValue, int.MaxValue);

    /// <summary>x * 2^count, saturating.</summary>
    public static int SaturatingShiftLeft(int x, int count) => (int)Math.Clamp((long)x << count, int.MinValue, int.MaxValue);

    // Q0.31: a Taylor expansion to the fourth power around -1/8.
    private static int ExponentialBetweenMinusQuarterAndZero(int a)
    {
        const int ExpMinusEighth = 1895147668, Third = 715827883;
        int x = unchecked(a + (1 << 28));
        int x2 = FixedPoint.DoublingHighMultiply(x, x), x3 = FixedPoint.DoublingHighMultiply(x2, x), x4 = FixedPoint.DoublingHighMultiply(x2, x2);
        int x4Quarter = FixedPoint.DivideByPowerOfTwo(x4, 2);
        int tail = FixedPoint.DivideByPowerOfTwo(unchecked(FixedPoint.DoublingHighMultiply(unchecked(x4Quarter + x3), Third) + x2), 1);
        return unchecked(ExpMinusEighth + FixedPoint.DoublingHighMultiply(ExpMinusEighth, unchecked(x + tail)));
    }
}
