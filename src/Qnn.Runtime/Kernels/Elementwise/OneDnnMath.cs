namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Functions by the polynomial that oneDNN's generated code uses: the same operations in the same order, each in single precision.</summary>
internal static class OneDnnMath
{
    private const float Log2E = 1.44269502f, Ln2 = 0.693147182f, LnMax = 88.7228394f, LnMin = -87.3365479f;
    private const float P1 = 0.999999702f, P2 = 0.499991506f, P3 = 0.166676521f, P4 = 0.0418978221f, P5 = 0.00828929059f;

    /// <summary>e^x = 2^n * e^r with n = floor(x * log2(e) + 1/2), r = x - n * ln 2, and e^r a polynomial of degree 5; 0 below the least normal number.</summary>
    public static float Exp(float x)
    {
        if (x < LnMin) return 0;
        x = x < LnMax ? x : LnMax;
        float n = MathF.Floor(x * Log2E + 0.5f), r = MathF.FusedMultiplyAdd(-n, Ln2, x);
        float p = MathF.FusedMultiplyAdd(P5, r, P4);
        p = MathF.FusedMultiplyAdd(p, r, P3);
        p = MathF.FusedMultiplyAdd(p, r, P2);
        p = MathF.FusedMultiplyAdd(p, r, P1);
        p = MathF.FusedMultiplyAdd(p, r, 1);
        // 2^n in two steps: n may be 128.
        return p * BitConverter.Int32BitsToSingle(((int)n - 1 + 127) << 23) * 2;
    }

    /// <summary>1 / (1 + e^-x), computed for negative numbers and mirrored.</summary>
    public static float Logistic(float x)
    {
        float e = Exp(-MathF.Abs(x)), y = e / (e + 1);
        return float.IsNegative(x) ? y : 1 - y;
    }
}
