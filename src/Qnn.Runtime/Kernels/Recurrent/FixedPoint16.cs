using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// gemmlowp's fixed-point functions of 16-bit numbers (fixedpoint.h), of which TensorFlow Lite makes the gates of integer LSTMs. A number with m integer bits
/// stands for raw * 2^(m - 15). Every operation rounds as gemmlowp's does; additions wrap where its do.
/// </summary>
internal static class FixedPoint16
{
    // gemmlowp's 32-bit constants, rounded to 16 bits.
    private const short One = short.MaxValue, Half = 1 << 14, FortyEightOver17 = 23130, MinusThirtyTwoOver17 = -15420, ExpMinusEighth = 28918, Third = 10923;

    // exp(-2^k) for k = -2 to 4.
    private static ReadOnlySpan<short> Exponentials => [25520, 19875, 12055, 4435, 600, 11, 0];

    /// <summary>1 / (1 + exp(-x)) for x with 3 integer bits; the result has none.</summary>
    public static short Logistic(short x)
    {
        if (x == 0) return Half;
        short magnitude = x > 0 ? x : (short)-x;
        short positive = OneOver1Plus(ExpOfNegative((short)-magnitude, 3));
        return x > 0 ? positive : (short)(One - positive);
    }

    /// <summary>tanh(x) for x with 0 to 6 integer bits; the result has none.</summary>
    public static short Tanh(short x, int integerBits)
    {
        if (x == 0) return 0;
        short negative = x < 0 ? x : (short)-x;
        // Read with one integer bit more, the same number is twice as large.
        short t = OneMinusOver1Plus(ExpOfNegative(negative, integerBits + 1));
        return x < 0 ? (short)-t : t;
    }

    /// <summary>a / 2^exponent, halves away from zero.</summary>
    public static int DivideByPowerOfTwo(int a, int exponent) => FixedPoint.DivideByPowerOfTwo(a, exponent);

    /// <summary>The product of two numbers without integer bits, halves up, saturated.</summary>
    private static short Multiply(short a, short b) => a == short.MinValue && b == short.MinValue ? short.MaxValue : (short)((a * b + (1 << 14)) >> 15);

    // exp(a) for a <= 0.
    private static short ExpOfNegative(short a, int integerBits)
    {
        if (a == 0) return One;
        int fraction = 15 - integerBits;
        short quarter = (short)(1 << (fraction - 2));
        short remainder = (short)((a & (quarter - 1)) - quarter);
        short result = ExpOfSmall(ShiftLeft(remainder, integerBits));
        int rest = (short)(remainder - a);
        for (int k = -2; k <= 4 && k < integerBits; k++)
        {
            if ((rest & (1 << (fraction + k))) != 0) result = Multiply(result, Exponentials[k + 2]);
        }
        // Below -32, which only more than five integer bits reach.
        return integerBits > 5 && a < -(1 << (20 - integerBits)) ? (short)0 : result;
    }

    // exp(a) for a in [-1/4, 0): Taylor's polynomial around -1/8.
    private static short ExpOfSmall(short a)
    {
        short x = (short)(a + (1 << 12)), x2 = Multiply(x, x), x3 = Multiply(x2, x), x4 = Multiply(x2, x2);
        short x4Over4 = (short)DivideByPowerOfTwo(x4, 2);
        short sum = (short)DivideByPowerOfTwo((short)(Multiply((short)(x4Over4 + x3), Third) + x2), 1);
        return Saturate(ExpMinusEighth + Multiply(ExpMinusEighth, (short)(x + sum)));
    }

    // 1 / (1 + a) and (1 - a) / (1 + a) for a in (0, 1), by Newton and Raphson's division.
    private static short OneOver1Plus(short a) => ShiftLeft(Reciprocal(a), 1);

    private static short OneMinusOver1Plus(short a) => ShiftLeft((short)(Reciprocal(a) - (1 << 13)), 2);

    // 2 / (1 + a) with 2 integer bits.
    private static short Reciprocal(short a)
    {
        int sum = a + One;
        short half = (short)((sum + (sum >= 0 ? 1 : -1)) / 2);
        short x = (short)(FortyEightOver17 + Multiply(half, MinusThirtyTwoOver17));
        for (int i = 0; i < 3; i++)
        {
            short rest = (short)((1 << 13) - Multiply(half, x));
            x = (short)(x + ShiftLeft(Multiply(x, rest), 2));
        }
        return x;
    }

    private static short ShiftLeft(short a, int count) => Saturate(a << count);

    private static short Saturate(int a) => (short)Math.Clamp(a, short.MinValue, short.MaxValue);
}
