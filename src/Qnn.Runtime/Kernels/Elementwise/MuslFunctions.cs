namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Functions as the C library of WebAssembly builds (musl) has them, where it does not agree with glibc: exp(x) - 1 and tanh by the algorithms of Sun's fdlibm with fewer terms,
/// every operation rounded to float; sine and cosine by polynomials in double precision. exp and log are those of <see cref="FloatMath"/>.
/// </summary>
internal static class MuslFunctions
{
    private const double HalfPi = Math.PI / 2;

    /// <summary>exp(x) - 1</summary>
    public static float ExpMinus1(float x)
    {
        const float Q1 = -3.3333212137e-2f, Q2 = 1.5807170421e-3f;
        if (LibraryFunctions.PlainExpMinus1(x) is { } plain) return plain;
        x = LibraryFunctions.Reduced(x, out int k, out float rest);
        float half = 0.5f * x, square = x * half;
        float r = 1 + square * (Q1 + square * Q2), t = 3 - r * half, e = square * ((r - t) / (6 - x * t));
        if (k == 0) return x - (x * e - square);
        e = x * (e - rest) - rest - square;
        if (k == -1) return 0.5f * (x - e) - 0.5f;
        if (k == 1) return x < -0.25f ? -2 * (e - (x + 0.5f)) : 1 + 2 * (x - e);
        float power = Power(Math.Min(k, 127));
        if (k is < 0 or > 56) return (k == 128 ? (x - e + 1) * 2 * power : (x - e + 1) * power) - 1;
        float inverse = Power(-k);
        return k < 23 ? (x - e + (1 - inverse)) * power : (x - (e + inverse) + 1) * power;
    }

    /// <summary>tanh x</summary>
    public static float Tanh(float x)
    {
        float magnitude = MathF.Abs(x), t;
        if (float.IsNaN(x)) return x;
        if (magnitude > 10) t = 1;
        else if (magnitude > 0.5493061f) t = 1 - 2 / (ExpMinus1(2 * magnitude) + 2);
        else if (magnitude > 0.25541276f) t = ExpMinus1(2 * magnitude) is var e ? e / (e + 2) : 0;
        else t = magnitude >= 1.17549435e-38f && ExpMinus1(-2 * magnitude) is var e ? -e / (e + 2) : magnitude;
        return MathF.CopySign(t, x);
    }

    /// <summary>sin x</summary>
    public static float Sin(float x)
    {
        var (left, turns) = Reduced(x);
        return turns switch
        {
            _ when MathF.Abs(x) < 0.00024414062f => x,
            0 => Sine(left),
            1 => Cosine(left),
            2 => Sine(-left),
            _ => -Cosine(left),
        };
    }

    /// <summary>cos x</summary>
    public static float Cos(float x)
    {
        var (left, turns) = Reduced(x);
        return turns switch
        {
            0 => Cosine(left),
            1 => Sine(-left),
            2 => -Cosine(left),
            _ => Sine(left),
        };
    }

    // What is left of x without quarter turns, and their number modulo 4. Small numbers of them are taken off exactly as musl does it, by multiples of pi / 2 rounded to double.
    private static (double Left, int Turns) Reduced(float x)
    {
        double magnitude = Math.Abs((double)x);
        if (!double.IsFinite(magnitude)) return (double.NaN, 0);
        int few = magnitude <= 0.785398126f ? 0 : magnitude <= 2.35619402f ? 1 : magnitude <= 3.92699075f ? 2 : magnitude <= 5.49778652f ? 3 : magnitude <= 7.06858301f ? 4 : -1;
        if (few >= 0) return x < 0 ? (x + few * HalfPi, -few & 3) : (x - few * HalfPi, few & 3);
        if (magnitude < 421657440)
        {
            const double Magic = 6755399441055744;
            double turns = x * 6.36619772367581382433e-01 + Magic - Magic;
            return (x - turns * 1.57079631090164184570 - turns * 1.58932547735281966916e-08, (int)turns & 3);
        }
        var (left, count) = LibraryTrigonometry.Reduced(MathF.Abs(x));
        return x < 0 ? (-left, -count & 3) : (left, count & 3);
    }

    private static float Sine(double x)
    {
        double z = x * x, w = z * z, r = -0.000198393348360966317347 + z * 0.0000027183114939898219064, s = z * x;
        return (float)(x + s * (-0.166666666416265235595 + z * 0.0083333293858894631756) + s * w * r);
    }

    private static float Cosine(double x)
    {
        double z = x * x, w = z * z, r = -0.00138867637746099294692 + z * 0.0000243904487962774090654;
        return (float)(1 + z * -0.499999997251031003120 + w * 0.0416666233237390631894 + w * z * r);
    }

    private static float Power(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);
}
