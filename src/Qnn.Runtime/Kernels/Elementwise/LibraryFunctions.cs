namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Functions of floats as glibc has them up to version 2.40, by the algorithms of Sun's fdlibm: every operation is rounded to float. Later versions round the exact result, which differs in last bits.
/// Compared with glibc 2.36 for all floats (exp(x) - 1, tanh) and for every seventh.
/// </summary>
internal static class LibraryFunctions
{
    private const float Log2High = 6.9313812256e-01f, Log2Low = 9.0580006145e-06f, Log2 = 6.9314718246e-01f;

    /// <summary>tanh x</summary>
    public static float Tanh(float x)
    {
        float magnitude = MathF.Abs(x), y;
        if (!(magnitude < 22)) y = float.IsNaN(x) ? x : 1;
        else if (magnitude < 2.7755576e-17f) return x;
        else if (magnitude >= 1) y = 1 - 2 / (ExpMinus1(2 * magnitude) + 2);
        else
        {
            float t = ExpMinus1(-2 * magnitude);
            y = -t / (t + 2);
        }
        return MathF.CopySign(y, x);
    }

    /// <summary>sinh x</summary>
    public static float Sinh(float x)
    {
        float magnitude = MathF.Abs(x), half = MathF.CopySign(0.5f, x);
        if (!float.IsFinite(x)) return x;
        if (magnitude < 22)
        {
            if (magnitude < 3.7252903e-09f) return x;
            float t = ExpMinus1(magnitude);
            return magnitude < 1 ? half * (2 * t - t * t / (t + 1)) : half * (t + t / (t + 1));
        }
        if (magnitude < 88.721680f) return half * FloatMath.LibraryExp(magnitude);
        float root = FloatMath.LibraryExp(0.5f * magnitude);
        return half * root * root;
    }

    /// <summary>cosh x</summary>
    public static float Cosh(float x)
    {
        float magnitude = MathF.Abs(x);
        if (magnitude < 0.34657359f)
        {
            if (magnitude < 2.7755576e-17f) return 1;
            float t = ExpMinus1(magnitude), w = 1 + t;
            return 1 + t * t / (w + w);
        }
        if (magnitude < 22)
        {
            float t = FloatMath.LibraryExp(magnitude);
            return 0.5f * t + 0.5f / t;
        }
        if (magnitude < 88.721680f) return 0.5f * FloatMath.LibraryExp(magnitude);
        float root = FloatMath.LibraryExp(0.5f * magnitude);
        return 0.5f * root * root;
    }

    /// <summary>arsinh x</summary>
    public static float Asinh(float x)
    {
        float magnitude = MathF.Abs(x), square = magnitude * magnitude;
        if (!float.IsFinite(x) || magnitude < 3.0517578e-05f) return x;
        float y = magnitude > 32768 ? FloatMath.LibraryLog(magnitude) + Log2
            : magnitude > 2 ? FloatMath.LibraryLog(2 * magnitude + 1 / (MathF.Sqrt(square + 1) + magnitude))
            : Log1P(magnitude + square / (1 + MathF.Sqrt(1 + square)));
        return MathF.CopySign(y, x);
    }

    /// <summary>arcosh x</summary>
    public static float Acosh(float x)
    {
        if (!(x >= 1)) return float.NaN;
        if (float.IsPositiveInfinity(x)) return x;
        if (x >= 268435456) return FloatMath.LibraryLog(x) + Log2;
        if (x > 2) return FloatMath.LibraryLog(2 * x - 1 / (x + MathF.Sqrt(x * x - 1)));
        float t = x - 1;
        return Log1P(t + MathF.Sqrt(2 * t + t * t));
    }

    /// <summary>artanh x</summary>
    public static float Atanh(float x)
    {
        float magnitude = MathF.Abs(x), twice = magnitude + magnitude;
        if (!(magnitude <= 1)) return float.NaN;
        if (magnitude == 1) return x / 0;
        if (magnitude < 3.7252903e-09f) return x;
        return MathF.CopySign(0.5f * (magnitude < 0.5f ? Log1P(twice + twice * magnitude / (1 - magnitude)) : Log1P(twice / (1 - magnitude))), x);
    }

    /// <summary>exp(x) - 1</summary>
    public static float ExpMinus1(float x)
    {
        const float Q1 = -3.3333335072e-02f, Q2 = 1.5873016091e-03f, Q3 = -7.9365076090e-05f, Q4 = 4.0082177293e-06f, Q5 = -2.0109921195e-07f;
        if (PlainExpMinus1(x) is { } plain) return plain;
        x = Reduced(x, out int k, out float rest);
        float half = 0.5f * x, square = x * half;
        float r = 1 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
        float t = 3 - r * half, e = square * ((r - t) / (6 - x * t));
        if (k == 0) return x - (x * e - square);
        e = x * (e - rest) - rest - square;
        return k switch
        {
            -1 => 0.5f * (x - e) - 0.5f,
            1 => x < -0.25f ? -2 * (e - (x + 0.5f)) : 1 + 2 * (x - e),
            <= -2 or > 56 => Scaled(1 - (e - x), k) - 1,
            < 23 => Scaled(1 - Scaled(1, -k) - (e - x), k),
            _ => Scaled(x - (e + Scaled(1, -k)) + 1, k),
        };
    }

    /// <summary>exp(x) - 1 where it takes no polynomial: of what is no number, large or tiny; else null (fdlibm's <c>s_expm1f.c</c>).</summary>
    internal static float? PlainExpMinus1(float x)
    {
        if (float.IsNaN(x)) return x;
        if (x > 88.721679688f) return float.PositiveInfinity;
        if (x <= -18.714973f) return -1;
        return MathF.Abs(x) < 2.9802322e-08f ? x : null;
    }

    /// <summary>x - k * log 2, at most half of that, and what rounding left of it (likewise).</summary>
    internal static float Reduced(float x, out int k, out float rest)
    {
        float magnitude = MathF.Abs(x), high, low;
        (k, rest) = (0, 0);
        if (magnitude <= 0.34657359f) return x;
        if (magnitude < 1.0397207f)
        {
            (high, low, k) = x > 0 ? (x - Log2High, Log2Low, 1) : (x + Log2High, -Log2Low, -1);
        }
        else
        {
            k = (int)(1.4426950216f * x + MathF.CopySign(0.5f, x));
            (high, low) = (x - k * Log2High, k * Log2Low);
        }
        float reduced = high - low;
        rest = high - reduced - low;
        return reduced;
    }

    /// <summary>log(1 + x)</summary>
    public static float Log1P(float x)
    {
        const float P1 = 6.6666668653e-01f, P2 = 4.0000000596e-01f, P3 = 2.8571429849e-01f, P4 = 2.2222198546e-01f, P5 = 1.8183572590e-01f, P6 = 1.5313838422e-01f, P7 = 1.4798198640e-01f;
        float magnitude = MathF.Abs(x), f = 0, rest = 0;
        int k = 1, bits = 0;
        if (float.IsNaN(x) || float.IsPositiveInfinity(x)) return x;
        if (x <= -1) return x == -1 ? float.NegativeInfinity : float.NaN;
        if (magnitude < 1.8626451e-09f) return magnitude < 5.5511151e-17f ? x : x - x * x * 0.5f;
        // Below sqrt(2) - 1, and above sqrt(2) / 2 - 1.
        if (x < BitConverter.Int32BitsToSingle(0x3ED413D7) && (x > 0 || x >= BitConverter.UInt32BitsToSingle(0xBE95F61F))) (k, f, bits) = (0, x, 1);
        if (k != 0)
        {
            float u = x;
            if (x < 9007199254740992)
            {
                u = 1 + x;
                rest = BitConverter.SingleToInt32Bits(u) >> 23 > 127 ? 1 - (u - x) : x - (u - 1);
                rest /= u;
            }
            bits = BitConverter.SingleToInt32Bits(u);
            k = (bits >> 23) - 127;
            bits &= 0x007FFFFF;
            if (bits < 0x3504F7)
            {
                u = BitConverter.Int32BitsToSingle(bits | 0x3F800000);
            }
            else
            {
                k++;
                u = BitConverter.Int32BitsToSingle(bits | 0x3F000000);
                bits = (0x00800000 - bits) >> 2;
            }
            f = u - 1;
        }
        float square = 0.5f * f * f;
        if (bits == 0)
        {
            if (f == 0) return k == 0 ? 0 : k * Log2High + (rest + k * Log2Low);
            float r = square * (1 - 0.66666666666666666f * f);
            return k == 0 ? f - r : k * Log2High - (r - (k * Log2Low + rest) - f);
        }
        float s = f / (2 + f), z = s * s;
        float sum = z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * (P5 + z * (P6 + z * P7))))));
        return k == 0 ? f - (square - s * (square + sum)) : k * Log2High - (square - (s * (square + sum) + (k * Log2Low + rest)) - f);
    }

    // By 2^k, in the exponent's bits.
    private static float Scaled(float x, int k) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) + (k << 23));
}
