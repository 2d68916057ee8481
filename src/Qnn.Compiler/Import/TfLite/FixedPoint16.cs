namespace Qnn.Compiler.Import.TfLite;

/// <summary>gemmlowp's logistic and tanh on 16-bit fixed-point numbers (fixedpoint/fixedpoint.h): operands with 3 integer bits, results with none.</summary>
internal static class FixedPoint16
{
    /// <summary>1 / (1 + exp(-x))</summary>
    public static int Logistic3(short x)
    {
        if (x == 0) return 1 << 14;
        int positive = OneOverOnePlus(ExponentialOfNegative(Wrap(x > 0 ? -x : x), 3));
        return x > 0 ? positive : Wrap(short.MaxValue - positive);
    }

    /// <summary>(1 - exp(-2x)) / (1 + exp(-2x))</summary>
    public static int Tanh3(short x)
    {
        if (x == 0) return 0;
        // Doubled by counting the same bits as a number with 4 integer bits.
        int magnitude = OneMinusOverOnePlus(ExponentialOfNegative(x < 0 ? x : Wrap(-x), 4));
        return x < 0 ? Wrap(-magnitude) : magnitude;
    }

    private static int ExponentialOfNegative(int a, int integerBits)
    {
        int fractionalBits = 15 - integerBits, quarter = 1 << (fractionalBits - 2);
        int rest = (a & (quarter - 1)) - quarter;
        int result = ExponentialBetweenMinusQuarterAndZero(SaturatingShiftLeft(rest, integerBits));
        int remainder = Wrap(rest - a);
        ReadOnlySpan<int> factors = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];
        for (int k = 0; k < factors.Length; k++)
        {
            if (integerBits > k - 2 && (remainder & 1 << (fractionalBits + k - 2)) != 0) result = DoublingHigh(result, Constant(factors[k]));
        }
        return a == 0 ? short.MaxValue : result;
    }

    private static int ExponentialBetweenMinusQuarterAndZero(int a)
    {
        int constant = Constant(1895147668), third = Constant(715827883);
        int x = Wrap(a + (1 << 12));
        int x2 = DoublingHigh(x, x), x3 = DoublingHigh(x2, x), x4 = DoublingHigh(x2, x2);
        int tail = Divide(Wrap(DoublingHigh(Wrap(Divide(x4, 2) + x3), third) + x2), 1);
        return Math.Clamp(constant + DoublingHigh(constant, Wrap(x + tail)), short.MinValue, short.MaxValue);
    }

    private static int OneOverOnePlus(int a) => SaturatingShiftLeft(Reciprocal(a), 1);

    private static int OneMinusOverOnePlus(int a) => SaturatingShiftLeft(Wrap(Reciprocal(a) - (1 << 13)), 2);

    // 2 / (1 + a) with 2 integer bits: three Newton-Raphson steps from 48/17 - 32/17 d.
    private static int Reciprocal(int a)
    {
        int half = (a + short.MaxValue + 1) >> 1;
        int x = Wrap(Constant(1515870810) + DoublingHigh(half, Constant(-1010580540)));
        for (int i = 0; i < 3; i++)
        {
            int error = Wrap((1 << 13) - DoublingHigh(half, x));
            x = Wrap(x + SaturatingShiftLeft(DoublingHigh(x, error), 2));
        }
        return x;
    }

    // 32-bit constants keep their upper 16 bits, rounded.
    private static int Constant(int value) => Divide(value, 16);

    private static int DoublingHigh(int a, int b) => a == short.MinValue && b == short.MinValue ? short.MaxValue : (a * b + (1 << 14)) >> 15;

    private static int Divide(int value, int exponent)
    {
        int mask = (1 << exponent) - 1, threshold = (mask >> 1) + (value < 0 ? 1 : 0);
        return (value >> exponent) + ((value & mask) > threshold ? 1 : 0);
    }

    private static int SaturatingShiftLeft(int value, int count) => Math.Clamp(value << count, short.MinValue, short.MaxValue);

    private static int Wrap(int value) => (short)value;
}
