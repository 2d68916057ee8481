namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// The functions of real numbers that processors do not have. They are computed in double precision and rounded to float once, so that the small differences
/// between the mathematics libraries of operating systems vanish in the rounding: the same bits everywhere, but for cases too rare to meet.
/// </summary>
internal static class FloatMath
{
    private static readonly double[] s_powers = [.. Enumerable.Range(0, 32).Select(i => Math.Pow(2, i / 32.0))];

    public static float Exp(float x) => (float)Math.Exp(x);

    /// <summary>expf of glibc and musl, which is in error by half a unit and a little: 2^(k / 32) from a table, times a cubic polynomial, in double precision.</summary>
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

    /// <summary>exp(x) - 1, without cancellation near 0.</summary>
    public static float ExpMinus1(float x)
    {
        double d = x;
        return (float)(Math.Abs(d) < 1e-4 ? d * (1 + d / 2 * (1 + d / 3 * (1 + d / 4))) : Math.Exp(d) - 1);
    }

    public static float Logistic(float x) => (float)(1 / (1 + Math.Exp(-(double)x)));

    public static float Tanh(float x) => (float)Math.Tanh(x);

    public static float Erf(float x) => (float)Erf((double)x);

    public static float Gelu(float x) => (float)(0.5 * x * (1 + Erf(x * 0.70710678118654752440)));

    public static float GeluTanh(float x) => (float)(0.5 * x * (1 + Math.Tanh(0.79788456080286535588 * (x + 0.044715 * x * (double)x * x))));

    /// <summary>By the series exp(-x^2) * 2 / sqrt(pi) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)), whose terms are all of one sign.</summary>
    private static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) >= 6) return Math.Sign(x);
        double square = x * x, term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * square / (2 * n + 1);
            sum += term;
        }
        return 1.1283791670955125739 * Math.Exp(-square) * sum;
    }
}
