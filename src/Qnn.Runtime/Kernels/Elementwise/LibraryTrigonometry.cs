namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// tan and the inverse functions of sine, cosine and tangent as glibc has them up to version 2.40, by the algorithms of Sun's fdlibm: every operation is rounded to float; angles are reduced in double precision (<c>sincosf.h</c>).
/// Compared with glibc 2.36 for all floats.
/// </summary>
internal static class LibraryTrigonometry
{
    private const float HalfPi = 1.57079637f, HalfPiRest = -4.37113883e-8f, HalfPiBelow = 1.57079625f, HalfPiBelowRest = 7.54978942e-8f;

    private static readonly float[] s_angles = [0.463647604f, 0.785398126f, 0.982793689f, HalfPiBelow];
    private static readonly float[] s_angleRests = [5.01215824e-9f, 3.77489471e-8f, 3.44732172e-8f, HalfPiBelowRest];

    private static ReadOnlySpan<byte> TwoOverPi => [0xA2, 0xF9, 0x83, 0x6E, 0x4E, 0x44, 0x15, 0x29, 0xFC, 0x27, 0x57, 0xD1, 0xF5, 0x34, 0xDD, 0xC0, 0xDB, 0x62, 0x95, 0x99, 0x3C, 0x43, 0x90, 0x41];

    /// <summary>tan x</summary>
    public static float Tan(float x)
    {
        float magnitude = MathF.Abs(x);
        if (magnitude <= 0.785398126f) return Tangent(x, 0, false);
        if (!float.IsFinite(x)) return float.NaN;
        var (left, turns) = Reduced(magnitude);
        float y = Tangent((float)left, (float)(left - (float)left), (turns & 1) != 0);
        return x < 0 ? -y : y;
    }

    /// <summary>arcsin x</summary>
    public static float Asin(float x)
    {
        float magnitude = MathF.Abs(x);
        if (!(magnitude <= 1)) return float.NaN;
        if (magnitude == 1) return x * HalfPi + x * HalfPiRest;
        if (magnitude < 0.5f) return magnitude < 7.4505806e-9f ? x : x + x * Series(x * x);
        float t = (1 - magnitude) * 0.5f, p = Series(t), s = MathF.Sqrt(t);
        if (magnitude >= 0.975f) return MathF.CopySign(HalfPi - (2 * (s + s * p) - HalfPiRest), x);
        float high = Leading(s), c = (t - high * high) / (s + high);
        p = 2 * s * p - (HalfPiRest - 2 * c);
        return MathF.CopySign(0.785398185f - (p - (0.785398185f - 2 * high)), x);

        static float Series(float t) => t * (1.666675248e-1f + t * (7.495297643e-2f + t * (4.547037598e-2f + t * (2.417951451e-2f + t * 4.216630880e-2f))));
    }

    /// <summary>arccos x</summary>
    public static float Acos(float x)
    {
        const float Pi = 3.1415925f;
        float magnitude = MathF.Abs(x);
        if (!(magnitude <= 1)) return float.NaN;
        if (magnitude == 1) return x > 0 ? 0 : Pi + 2 * HalfPiBelowRest;
        if (magnitude < 0.5f) return magnitude <= 1.4901161e-8f ? HalfPiBelow + HalfPiBelowRest : HalfPiBelow - (x - (HalfPiBelowRest - x * Quotient(x * x)));
        float z = (1 - magnitude) * 0.5f, s = MathF.Sqrt(z), r = Quotient(z);
        if (x < 0) return Pi - 2 * (s + (r * s - HalfPiBelowRest));
        float high = Leading(s), c = (z - high * high) / (s + high);
        return 2 * (high + (r * s + c));

        static float Quotient(float z) => z * (1.6666667163e-01f + z * (-3.2556581497e-01f + z * (2.0121252537e-01f + z * (-4.0055535734e-02f + z * (7.9153501429e-04f + z * 3.4793309169e-05f)))))
            / (1 + z * (-2.4033949375e+00f + z * (2.0209457874e+00f + z * (-6.8828397989e-01f + z * 7.7038154006e-02f))));
    }

    /// <summary>arctan x</summary>
    public static float Atan(float x)
    {
        float magnitude = MathF.Abs(x);
        if (float.IsNaN(x)) return x;
        if (magnitude >= 33554432) return MathF.CopySign(s_angles[3] + s_angleRests[3], x);
        if (magnitude < 1.8626451e-9f) return x;
        int part = magnitude < 0.4375f ? -1 : magnitude < 0.6875f ? 0 : magnitude < 1.1875f ? 1 : magnitude < 2.4375f ? 2 : 3;
        float y = part switch
        {
            -1 => x,
            0 => (2 * magnitude - 1) / (2 + magnitude),
            1 => (magnitude - 1) / (magnitude + 1),
            2 => (magnitude - 1.5f) / (1 + 1.5f * magnitude),
            _ => -1 / magnitude,
        };
        float z = y * y, w = z * z;
        float even = z * (3.3333334327e-01f + w * (1.4285714924e-01f + w * (9.0908870101e-02f + w * (6.6610731184e-02f + w * (4.9768779427e-02f + w * 1.6285819933e-02f)))));
        float odd = w * (-2.0000000298e-01f + w * (-1.1111110449e-01f + w * (-7.6918758452e-02f + w * (-5.8335702866e-02f + w * -3.6531571299e-02f))));
        if (part < 0) return y - y * (even + odd);
        return MathF.CopySign(s_angles[part] - (y * (even + odd) - s_angleRests[part] - y), x);
    }

    // The tangent of |x| up to an eighth turn and its low part, or the negative reciprocal.
    private static float Tangent(float x, float low, bool isInverse)
    {
        float magnitude = MathF.Abs(x), sign = x < 0 ? -1 : 1;
        if (magnitude < 1.22070312e-4f) return isInverse ? -1 / x : x;
        bool isNearEighth = BitConverter.SingleToInt32Bits(magnitude) >= 0x3F2CA140;
        if (isNearEighth)
        {
            x = 0.785398126f - magnitude + (3.7748947079e-08f - sign * low);
            low = 0;
            float one = isInverse ? -1 : 1;
            if (MathF.Abs(x) < 1.22070312e-4f) return sign * one * (1 - 2 * one * x);
        }
        float z = x * x, w = z * z;
        float odd = 1.3333334029e-01f + w * (2.1869488060e-02f + w * (3.5920790397e-03f + w * (5.8804126456e-04f + w * (7.8179444245e-05f + w * -1.8558637748e-05f))));
        float even = z * (5.3968254477e-02f + w * (8.8632395491e-03f + w * (1.4562094584e-03f + w * (2.4646313977e-04f + w * (7.1407252108e-05f + w * 2.5907305826e-05f)))));
        float s = z * x, r = low + z * (s * (odd + even) + low);
        r += 3.3333334327e-01f * s;
        w = x + r;
        if (isNearEighth)
        {
            float v = isInverse ? -1 : 1;
            return sign * (v - 2 * (x - (w * w / (w + v) - r)));
        }
        if (!isInverse) return w;
        float high = Leading(w), rest = r - (high - x), inverse = -1 / w, t = Leading(inverse);
        return t + inverse * (1 + t * high + t * rest);
    }

    // What quarter turns leave of a positive angle, and their number.
    internal static (double Left, int Turns) Reduced(float x)
    {
        if (x < 120)
        {
            int turns = (int)(x * (2 / Math.PI * 16777216)) + 0x800000 >> 24;
            return (x - turns * (Math.PI / 2), turns);
        }
        // 2 / pi times the significand, in units of 2^-62, whole turns left out.
        int bits = BitConverter.SingleToInt32Bits(x), place = bits >> 26 & 15;
        uint significand = (uint)(bits & 0xFFFFFF | 0x800000) << (bits >> 23 & 7);
        ulong product = ((ulong)significand * Digits(place + 8) >> 32 | (ulong)(significand * Digits(place)) << 32) + (ulong)significand * Digits(place + 4);
        ulong quarters = product + (1UL << 61) >> 62;
        return ((long)(product - (quarters << 62)) * (Math.PI / 2 / (1L << 62)), (int)quarters);
    }

    // The four bytes of 2 / pi that end there.
    private static uint Digits(int last)
    {
        uint digits = 0;
        for (int i = Math.Max(0, last - 3); i <= last; i++) digits = digits << 8 | TwoOverPi[i];
        return digits;
    }

    // A number without its last twelve bits.
    private static float Leading(float x) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x) & ~0xFFF);
}
