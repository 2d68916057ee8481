using System.Numerics;
using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// The functions that ONNX Runtime's MLAS approximates by polynomials, in the operations of its FMA3 kernels, so that their bits are met: each step is rounded once, on every CPU.
/// Where a bound and x are compared, x comes second: what is no number stays so.
/// </summary>
internal static class MlasFunctions
{
    private const float RoundingBias = 12582912f, Log2Reciprocal = 1.44269504088896341f, Log2High = -6.93145752e-1f, Log2Low = -1.42860677e-6f;

    /// <summary>exp x for x &lt;= 0, as a sum of exponentials takes it (<c>MlasComputeSumExpF32KernelAvx512F</c>): what is denormal is rounded once, and 0 from exp(-103.972) on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ExpNegative(Vector<float> x)
    {
        x = Vector.MaxNative(new Vector<float>(-103.9720840454f), x);
        var (m, biased) = Halves(x);
        var r = Fma(m, Log2Low, Fma(m, Log2High, x));
        // The power of two in two parts, of which the first leaves the number normal.
        var exponent = Vector.ShiftLeft(Vector.AsVectorInt32(biased), 23);
        var first = Vector.MaxNative(exponent, new Vector<int>(-100 << 23));
        var one = new Vector<int>(0x3F800000);
        return Fma(ExpPolynomial(r), r, new Vector<float>(1)) * Vector.AsVectorSingle(first + one) * Vector.AsVectorSingle(exponent - first + one);
    }

    /// <summary>exp x for any x, the power of two applied in two steps so that denormal results are met.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        x = Vector.MinNative(new Vector<float>(88.7762626647950f), Vector.MaxNative(new Vector<float>(-103.9720840454f), x));
        var (m, biased) = Halves(x);
        var r = Fma(m, Log2Low, Fma(m, Log2High, x));
        var one = new Vector<int>(0x3F800000);
        var exponent = Vector.ShiftLeft(Vector.AsVectorInt32(biased), 23);
        var normal = Vector.MaxNative(Vector.MinNative(exponent, one), new Vector<int>(unchecked((int)0xC1000000)));
        var overflow = Vector.AsVectorSingle(exponent - normal + one);
        return Fma(ExpPolynomial(r), r * overflow, overflow) * Vector.AsVectorSingle(normal + one);
    }

    // x / ln 2, rounded, and the same with the bias that rounded it, whose low bits are the integer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> Rounded, Vector<float> Biased) Halves(Vector<float> x)
    {
        var bias = new Vector<float>(RoundingBias);
        var biased = Fma(x, Log2Reciprocal, bias);
        return (biased - bias, biased);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpPolynomial(Vector<float> r) => Polynomial(r, 1.3780594e-03f, 8.3731245e-03f, 4.1669536e-02f, 1.6666472e-01f, 4.9999985e-01f, 1);

    /// <summary>erf x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Erf(Vector<float> x)
    {
        var sign = Vector.AsVectorSingle(Vector.BitwiseAnd(Vector.AsVectorInt32(x), new Vector<int>(int.MinValue)));
        var magnitude = Vector.MinNative(new Vector<float>(3.925f), Vector.Abs(x));
        var small = Polynomial(magnitude * magnitude, -5.99104969e-4f, 4.99339588e-3f, -2.67667342e-2f, 1.12818025e-1f, -3.76124859e-1f, 1.28379151e-1f);
        small = Fma(small, magnitude, magnitude);
        var big = Polynomial(magnitude, 1.72948930e-5f, -3.83208680e-4f, 3.88393435e-3f, -2.42545605e-2f, 1.06777847e-1f, 6.34846687e-1f, 1.28717512e-1f);
        big = Vector.MaxNative(new Vector<float>(-88.3762626647949f), -Fma(big, magnitude, magnitude));
        var (m, _) = Halves(big);
        var r = Fma(m, Log2Low, Fma(m, Log2High, big));
        var exp = Polynomial(r, 1.38319808e-3f, 8.37550033e-3f, 4.16689515e-2f, 1.66664466e-1f, 4.99999851e-1f, 1, 1);
        exp *= Vector.AsVectorSingle(Vector.ShiftLeft(Vector.ConvertToInt32Native(m) + new Vector<int>(127), 23));
        var y = Vector.ConditionalSelect(Vector.LessThanOrEqual(new Vector<float>(0.921875f), magnitude), new Vector<float>(1) - exp, small);
        return Vector.BitwiseOr(y, sign);
    }

    /// <summary>1 / (1 + exp -x)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Logistic(Vector<float> x)
    {
        x = Vector.MinNative(new Vector<float>(18), Vector.MaxNative(new Vector<float>(-18), x));
        var square = x * x;
        var p = x * Polynomial(square, 4.37031012579801e-11f, 1.15627324459942e-07f, 6.08574864600143e-05f, 8.51377133304701e-03f, 2.48287947061529e-01f);
        var q = Polynomial(square, 6.10247389755681e-13f, 5.76102136993427e-09f, 6.29106785017040e-06f, 1.70198817374094e-03f, 1.16817656904453e-01f, 9.93151921023180e-01f);
        return Vector.MaxNative(Vector<float>.Zero, p / q + new Vector<float>(0.5f));
    }

    /// <summary>tanh x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x)
    {
        x = Vector.MinNative(new Vector<float>(9), Vector.MaxNative(new Vector<float>(-9), x));
        var square = x * x;
        var p = x * Polynomial(square, -2.76076847742355e-16f, 2.00018790482477e-13f, -8.60467152213735e-11f, 5.12229709037114e-08f, 1.48572235717979e-05f, 6.37261928875436e-04f, 4.89352455891786e-03f);
        return p / Polynomial(square, 1.19825839466702e-06f, 1.18534705686654e-04f, 2.26843463243900e-03f, 4.89352518554385e-03f);
    }

    // A loop over the terms would not be unrolled, and took several times as long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b, float c, float d) =>
        Fma(Fma(Fma(new Vector<float>(a), x, new Vector<float>(b)), x, new Vector<float>(c)), x, new Vector<float>(d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b, float c, float d, float e) => Fma(Polynomial(x, a, b, c, d), x, new Vector<float>(e));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b, float c, float d, float e, float f) => Fma(Polynomial(x, a, b, c, d, e), x, new Vector<float>(f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Polynomial(Vector<float> x, float a, float b, float c, float d, float e, float f, float g) => Fma(Polynomial(x, a, b, c, d, e, f), x, new Vector<float>(g));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fma(Vector<float> a, float b, Vector<float> c) => Vector.FusedMultiplyAdd(a, new Vector<float>(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fma(Vector<float> a, Vector<float> b, Vector<float> c) => Vector.FusedMultiplyAdd(a, b, c);
}
