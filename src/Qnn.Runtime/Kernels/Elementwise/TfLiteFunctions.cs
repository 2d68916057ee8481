using System.Numerics;
using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Functions of floats as TensorFlow Lite's optimised kernels compute them in a WebAssembly build: Eigen's scalar code (<c>GenericPacketMathFunctions.h</c>, <c>UnaryFunctors.h</c>,
/// <c>SpecialFunctionsImpl.h</c>) with the C library's exponential, every operation rounded.
/// </summary>
internal static class TfLiteFunctions
{
    // From here on the quotients are 1.
    private const float MostLogistic = 16.6355324f, MostTanh = 7.90738964f;

    /// <summary>e / (1 + e), e being exp(x).</summary>
    public static float Logistic(float x)
    {
        float e = FloatMath.LibraryExp(x > MostLogistic ? MostLogistic : x);
        return e / (1 + e);
    }

    /// <summary>A quotient of polynomials of degree 9 and 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        var most = new Vector<float>(MostTanh);
        x = Vector.ConditionalSelect(Vector.GreaterThan(x, most), most, x);
        x = Vector.ConditionalSelect(Vector.LessThan(x, -most), -most, x);
        var square = x * x;
        var p = ((square * 1.394553628e-8f + new Vector<float>(2.102733560e-5f)) * square + new Vector<float>(3.520756727e-3f)) * square + new Vector<float>(1.340216100e-1f);
        var q = (((square * 8.015776984e-7f + new Vector<float>(3.326951409e-4f)) * square + new Vector<float>(2.597254514e-2f)) * square + new Vector<float>(4.673548340e-1f)) * square + Vector<float>.One;
        return (square * x * p + x) / q;
    }

    /// <summary>x, or exp(x) - 1 where x is negative.</summary>
    public static float Elu(float x) => x < 0 ? MuslFunctions.ExpMinus1(x) : x;

    /// <summary>x * min(max(x + 3, 0), 6), times 1 / 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> HardSwish(Vector<float> x) => x * Vector.Min(Vector.Max(x + new Vector<float>(3), Vector<float>.Zero), new Vector<float>(6)) * (1 / 6f);

    /// <summary>x / 2 * erfc(-x / sqrt 2)</summary>
    public static float Gelu(float x) => 0.5f * x * Erfc(x * -0.70710678118654752440f);

    /// <summary>x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GeluTanh(Vector<float> x) => x * 0.5f * (Vector<float>.One + Tanh((x + x * x * x * 0.044715f) * 0.79788456080286535588f));

    /// <summary>The nearest integer, ties to even; what is between -1/2 and 0 becomes 0 without a sign.</summary>
    public static float Round(float x)
    {
        float floor = MathF.Floor(x), rest = x - floor;
        return rest < 0.5f || rest == 0.5f && floor % 2 == 0 ? floor : floor + 1;
    }

    // A polynomial up to 1; beyond exp(-x^2) times a quotient, with what x^2 loses by rounding.
    private static float Erfc(float x)
    {
        float square = x * x;
        if (float.IsNaN(x)) return x;
        if (square <= 1)
        {
            float sum = ((((5.61802298761904239654541015625e-04f * square - 4.913816694170236587524414e-03f) * square + 2.670751512050628662109375e-02f) * square - 1.1280010640621185302734375e-01f) * square + 3.76122951507568359375e-01f) * square - 1.1283791065216064453125f;
            return sum * x + 1;
        }
        if (MathF.Abs(x) > 11) return x < 0 ? 2 : 0;
        float lost = MathF.FusedMultiplyAdd(x, x, -square), power = FloatMath.LibraryExp(-square), inverse = 1 / square;
        float p = ((1.0208116471767425537109375e-01f * inverse + 4.29206669330596923828125e-01f) * inverse + 3.2379078865051269531250e-01f) * inverse + 5.3971976041793823242187500e-02f;
        float q = (((1.7251677811145782470703125e-02f * inverse + 3.9137163758277893066406250e-01f) * inverse + 1) * inverse + 6.2173241376876831054687500e-01f) * inverse + 9.5662862062454223632812500e-02f;
        return (power - power * lost) * (p / (x * q)) + (x < 0 ? 2 : 0);
    }
}
