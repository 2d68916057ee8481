using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary><see cref="FixedPoint16"/> of rows, in place: the same operations, the same bits. Rows have room for whole vectors.</summary>
internal static unsafe class FixedPoint16Vectors
{
    /// <summary>Elements of a vector.</summary>
    public const int Width = 16;

    /// <summary>Whether vectors multiply as gemmlowp does.</summary>
    public static bool IsSupported => Avx2.IsSupported || AdvSimd.IsSupported;

    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Logistic(short* values, int count)
    {
        var (one, half) = (Vector256.Create(short.MaxValue), Vector256.Create((short)(1 << 14)));
        for (int i = 0; i < count; i += Width)
        {
            var x = Vector256.Load(values + i);
            // 1 / (1 + exp(-|x|)).
            var y = Reciprocal(ExpOfNegative(Vector256.Min(x, -x), 3));
            y = Vector256.AddSaturate(y, y);
            y = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<short>.Zero), y, one - y);
            Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<short>.Zero), half, y).Store(values + i);
        }
    }

    /// <summary>tanh(x) for x with 0 to 6 integer bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(short* values, int count, int integerBits)
    {
        for (int i = 0; i < count; i += Width)
        {
            var x = Vector256.Load(values + i);
            var y = Reciprocal(ExpOfNegative(Vector256.Min(x, -x), integerBits + 1)) - Vector256.Create((short)(1 << 13));
            y = Vector256.AddSaturate(y, y);
            y = Vector256.AddSaturate(y, y);
            y = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<short>.Zero), -y, y);
            Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<short>.Zero), x, y).Store(values + i);
        }
    }

    // exp(a) for a <= 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> ExpOfNegative(Vector256<short> a, int integerBits)
    {
        int fraction = 15 - integerBits;
        var quarter = Vector256.Create((short)(1 << (fraction - 2)));
        var remainder = (a & (quarter - Vector256<short>.One)) - quarter;
        var result = ExpOfSmall(Vector256.ShiftLeft(remainder, integerBits));
        var rest = remainder - a;
        // exp(-2^k) for k = -2 to 4.
        result = Factor(result, rest, -2, 25520, fraction);
        if (integerBits > -1) result = Factor(result, rest, -1, 19875, fraction);
        if (integerBits > 0) result = Factor(result, rest, 0, 12055, fraction);
        if (integerBits > 1) result = Factor(result, rest, 1, 4435, fraction);
        if (integerBits > 2) result = Factor(result, rest, 2, 600, fraction);
        if (integerBits > 3) result = Factor(result, rest, 3, 11, fraction);
        if (integerBits > 4) result = Factor(result, rest, 4, 0, fraction);
        if (integerBits > 5) result = Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create((short)-(1 << (20 - integerBits)))), Vector256<short>.Zero, result);
        return Vector256.ConditionalSelect(Vector256.Equals(a, Vector256<short>.Zero), Vector256.Create(short.MaxValue), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Factor(Vector256<short> result, Vector256<short> rest, int k, short exponential, int fraction)
    {
        var isSet = Vector256.Equals(rest & Vector256.Create((short)(1 << (fraction + k))), Vector256<short>.Zero);
        return Vector256.ConditionalSelect(isSet, result, Multiply(result, Vector256.Create(exponential)));
    }

    // exp(a) for a in [-1/4, 0).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> ExpOfSmall(Vector256<short> a)
    {
        var eighth = Vector256.Create((short)28918);
        Vector256<short> x = a + Vector256.Create((short)(1 << 12)), x2 = Multiply(x, x), x3 = Multiply(x2, x), x4 = Multiply(x2, x2);
        var sum = Divide(Multiply(Divide(x4, 2) + x3, Vector256.Create((short)10923)) + x2, 1);
        return Vector256.AddSaturate(eighth, Multiply(eighth, x + sum));
    }

    // 2 / (1 + a) with 2 integer bits, for a in (0, 1).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Reciprocal(Vector256<short> a)
    {
        var half = Vector256.ShiftRightArithmetic(a, 1) + Vector256.Create((short)(1 << 14));
        var x = Vector256.Create((short)23130) + Multiply(half, Vector256.Create((short)-15420));
        for (int i = 0; i < 3; i++)
        {
            var step = Multiply(x, Vector256.Create((short)(1 << 13)) - Multiply(half, x));
            step = Vector256.AddSaturate(step, step);
            x += Vector256.AddSaturate(step, step);
        }
        return x;
    }

    // a / 2^exponent, halves away from zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Divide(Vector256<short> a, int exponent)
    {
        short mask = (short)((1 << exponent) - 1);
        var threshold = Vector256.Create((short)(mask >> 1)) - Vector256.LessThan(a, Vector256<short>.Zero);
        return Vector256.ShiftRightArithmetic(a, exponent) - Vector256.GreaterThan(a & Vector256.Create(mask), threshold);
    }

    // The product of two numbers without integer bits, halves up; no two of them are the least.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Multiply(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported) return Avx2.MultiplyHighRoundScale(a, b);
        return Vector256.Create(AdvSimd.MultiplyRoundedDoublingSaturateHigh(a.GetLower(), b.GetLower()), AdvSimd.MultiplyRoundedDoublingSaturateHigh(a.GetUpper(), b.GetUpper()));
    }
}
