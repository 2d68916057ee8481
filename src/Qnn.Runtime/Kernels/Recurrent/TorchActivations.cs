using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// PyTorch's activations of a row of floats on x86 with AVX-512, where it takes 32 elements at a time with SLEEF's exponential function, and those that are left with the C library's.
/// Both are computed here operation by operation, so that their last bits are the same.
/// </summary>
internal static unsafe class TorchActivations
{
    // Elements of two vectors of 512 bits.
    private const int Block = 32;

    private static readonly double[] s_powers = [.. Enumerable.Range(0, 32).Select(i => Math.Pow(2, i / 32.0))];

    /// <summary>1 / (1 + exp(-x)), rounded after each operation.</summary>
    public static void Logistic(float* values, int count)
    {
        int blocks = count / Block * Block;
        for (int i = 0; i < blocks; i++) values[i] = 1 / (1 + SleefExp(-values[i]));
        for (int i = blocks; i < count; i++) values[i] = 1 / (1 + LibraryExp(-values[i]));
    }

    /// <summary>tanh(x), correctly rounded.</summary>
    public static void Tanh(float* values, int count)
    {
        for (int i = 0; i < count; i++) values[i] = FloatMath.Tanh(values[i]);
    }

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

    /// <summary>glibc's expf: 2^(k / 32) from a table, times a cubic polynomial, in double precision.</summary>
    public static float LibraryExp(float x)
    {
        if (float.IsNaN(x)) return x;
        if (x > 88.722839f) return float.PositiveInfinity;
        if (x < -103.972084f) return 0;
        double z = 1.4426950408889634 * 32 * x, k = Math.Round(z, MidpointRounding.ToEven), r = z - k;
        int power = (int)k;
        const double C0 = 0.05550361559341535 / (32 * 32 * 32), C1 = 0.2402284522445722 / (32 * 32), C2 = 0.6931471806916203 / 32;
        double y = (C0 * r + C1) * (r * r) + (C2 * r + 1);
        return (float)(y * Math.ScaleB(s_powers[power & 31], power >> 5));
    }

    private static float Power(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);
}
