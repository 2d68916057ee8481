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
        for (int i = 0; i < blocks; i++) values[i] = 1 / (1 + SleefExp(-values[i]));
        for (int i = blocks; i < count; i++) values[i] = 1 / (1 + FloatMath.LibraryExp(-values[i]));
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

    private static float Power(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);
}
