using System.Numerics;
using System.Runtime.CompilerServices;

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

    /// <summary><see cref="Logistic(float)"/> of a vector: the same operations, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Logistic(Vector<float> x)
    {
        Vector<float> e = Exp(-Vector.Abs(x)), y = e / (e + Vector<float>.One);
        return Vector.ConditionalSelect(Vector.LessThan(Vector.AsVectorInt32(x), Vector<int>.Zero), Vector.AsVectorInt32(y), Vector.AsVectorInt32(Vector<float>.One - y)).As<int, float>();
    }

    /// <summary><see cref="Exp(float)"/> of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        var isLess = Vector.LessThan(x, new Vector<float>(LnMin));
        x = Vector.ConditionalSelect(Vector.LessThan(x, new Vector<float>(LnMax)), x, new Vector<float>(LnMax));
        Vector<float> n = Vector.Floor(x * Log2E + new Vector<float>(0.5f)), r = Vector.FusedMultiplyAdd(-n, new Vector<float>(Ln2), x);
        var p = Vector.FusedMultiplyAdd(new Vector<float>(P5), r, new Vector<float>(P4));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(P3));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(P2));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(P1));
        p = Vector.FusedMultiplyAdd(p, r, Vector<float>.One);
        p = p * Vector.AsVectorSingle(Vector.ShiftLeft(Vector.ConvertToInt32(n) + new Vector<int>(126), 23)) * 2;
        return Vector.ConditionalSelect(isLess, Vector<float>.Zero, p);
    }
}
