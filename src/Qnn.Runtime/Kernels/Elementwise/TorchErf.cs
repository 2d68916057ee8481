using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>The error function as PyTorch has it in vectors of 512 bits (vec512_float.h): 1 - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5)))) * exp(-x^2) with t = 1 / (1 + p |x|), by Abramowitz and Stegun 7.1.26, with the sign of x.</summary>
internal static class TorchErf
{
    internal const float P = 0.3275911f, P1 = 0.254829592f, P2 = -0.284496736f, P3 = 1.421413741f, P4 = -1.453152027f, P5 = 1.061405429f;

    /// <summary>erf(x).</summary>
    public static float Of(float x)
    {
        float t = 1 / MathF.FusedMultiplyAdd(P, MathF.Abs(x), 1);
        float r = MathF.FusedMultiplyAdd(P5, t, P4);
        r = MathF.FusedMultiplyAdd(r, t, P3);
        r = MathF.FusedMultiplyAdd(r, t, P2);
        r = MathF.FusedMultiplyAdd(r, t, P1);
        float result = MathF.FusedMultiplyAdd(-TorchActivations.SleefExp(-(x * x)) * t, r, 1);
        // The sign is joined by exclusive or.
        return float.IsNegative(x) ? -result : result;
    }
}
