using System.Numerics;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// PyTorch's activations of a row of floats on x86 with AVX-512, where it takes 32 elements at a time with SLEEF's exponential function, and those that are left with the C library's.
/// Both are computed here operation by operation, so that their last bits are the same.
/// </summary>
internal static unsafe class TorchActivations
{
    /// <summary>Elements of two vectors of 512 bits.</summary>
    public const int Block = 32;

    /// <summary>1 / (1 + exp(-x)), rounded after each operation.</summary>
    public static void Logistic(float* values, int count)
    {
        int blocks = count / Block * Block;
        for (int i = 0; i < blocks; i += Vector<float>.Count) Vector.Store(Vector<float>.One / (Vector<float>.One + SleefVectors.Exp(-Vector.Load(values + i))), values + i);
        for (int i = blocks; i < count; i++) values[i] = 1 / (1 + FloatMath.LibraryExp(-values[i]));
    }

    /// <summary>tanh(x), correctly rounded.</summary>
    public static void Tanh(float* values, int count) => RoundedTanh.Apply(values, count);

    /// <summary>SLEEF's expf of 1.0 ULP with fused operations: x less a multiple of log 2, then a polynomial.</summary>
    public static float SleefExp(float x)
    {
        if (x < -104) return 0;
        if (x > 100) return float.PositiveInfinity;
        if (float.IsNaN(x)) return x;
        float q = MathF.Round(x * 1.44269504088896340736f, MidpointRounding.ToEven);
        float s = MathF.FusedMultiplyAdd(q, -0.693145751953125f, x);
        s = MathF.FusedMultiplyAdd(q, -1.428606765330187045e-06f, s);
        float u = 0.000198527617612853646278381f;
        u = MathF.FusedMultiplyAdd(u, s, 0.00139304355252534151077271f);
        u = MathF.FusedMultiplyAdd(u, s, 0.00833336077630519866943359f);
        u = MathF.FusedMultiplyAdd(u, s, 0.0416664853692054748535156f);
        u = MathF.FusedMultiplyAdd(u, s, 0.166666671633720397949219f);
        u = MathF.FusedMultiplyAdd(u, s, 0.5f);
        u = 1 + MathF.FusedMultiplyAdd(s * s, u, s);
        int power = (int)q, half = power >> 1;
        return u * Power(half) * Power(power - half);
    }

    /// <summary>
    /// SLEEF's logf of 1.0 ULP with fused operations, log m + e * log 2 with m from 3/4 to 3/2,
    /// log m = 2 artanh(q), q = (m - 1) / (m + 1), the leading terms in two floats each.
    /// </summary>
    public static float SleefLog(float x)
    {
        if (!(x > 0) || float.IsInfinity(x)) return MathF.Log(x);
        int e = Math.ILogB(x * (1 / 0.75f));
        float m = MathF.ScaleB(x, -e);
        // m - 1 and m + 1, each a float and what it lacks.
        var (less, lessRest) = Sum(-1, m);
        var (more, moreRest) = Sum(1, m);
        float t = 1 / more, q = less * t;
        float rest = MathF.FusedMultiplyAdd(t, less, -q), v = MathF.FusedMultiplyAdd(-moreRest, t, MathF.FusedMultiplyAdd(-more, t, 1));
        float qRest = MathF.FusedMultiplyAdd(q, v, MathF.FusedMultiplyAdd(lessRest, t, rest)), square = q * q;
        float u = MathF.FusedMultiplyAdd(0.3027294874f, square, 0.3996108174f);
        u = MathF.FusedMultiplyAdd(u, square, 0.6666694880f);
        const float Log2 = 0.69314718246459960938f, Log2Rest = -1.904654323148236017e-09f;
        float s = Log2 * e, sRest = MathF.FusedMultiplyAdd(Log2Rest, e, MathF.FusedMultiplyAdd(Log2, e, -s));
        float sum = s + 2 * q;
        sRest = s - sum + 2 * q + sRest + 2 * qRest;
        float term = square * q * u, total = sum + term;
        return total + (sum - total + term + sRest);

        static (float Total, float Lost) Sum(float a, float b)
        {
            float sum = a + b, part = sum - a;
            return (sum, a - (sum - part) + (b - part));
        }
    }

    private static float Power(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);
}
