using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Functions of <see cref="MlasFunctions"/> that encoders spend their time in, the same operations on more numbers at a time.</summary>
internal static class MlasFunctions512
{
    private const float RoundingBias = 12582912f, Log2Reciprocal = 1.44269504088896341f, Log2High = -6.93145752e-1f, Log2Low = -1.42860677e-6f, LeastExponent = -88.3762626647949f;

    /// <summary><see cref="MlasFunctions.ExpNegative"/></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpNegative(Vector512<float> x)
    {
        x = Avx512F.Max(Vector512.Create(-103.9720840454f), x);
        var bias = Vector512.Create(RoundingBias);
        var biased = Fma(x, Log2Reciprocal, bias);
        var m = biased - bias;
        var r = Fma(m, Log2Low, Fma(m, Log2High, x));
        var p = Fma(Fma(Fma(Fma(Fma(Vector512.Create(1.3780594e-03f), r, 8.3731245e-03f), r, 4.1669536e-02f), r, 1.6666472e-01f), r, 4.9999985e-01f), r, 1);
        return Avx512F.Scale(Fma(p, r, 1), m);
    }

    /// <summary><see cref="MlasFunctions.Erf"/>, a function of its own: in a larger one the compiler gives up on inlining what it is made of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Float64Lanes Erf(Float64Lanes x)
    {
        var magnitude = x.Abs().AtMost(3.925f);
        var big = magnitude.Fma(1.72948930e-5f, -3.83208680e-4f).Fma(magnitude, 3.88393435e-3f).Fma(magnitude, -2.42545605e-2f).Fma(magnitude, 1.06777847e-1f).Fma(magnitude, 6.34846687e-1f).Fma(magnitude, 1.28717512e-1f);
        big = (-big.Fma(magnitude, magnitude)).AtLeast(LeastExponent);
        var m = big.Fma(Log2Reciprocal, new Float64Lanes(RoundingBias)) + -RoundingBias;
        var r = m.Fma(Log2Low, m.Fma(Log2High, big));
        var exp = r.Fma(1.38319808e-3f, 8.37550033e-3f).Fma(r, 4.16689515e-2f).Fma(r, 1.66664466e-1f).Fma(r, 4.99999851e-1f).Fma(r, 1).Fma(r, 1) * m.PowersOfTwo();
        var square = magnitude * magnitude;
        var small = square.Fma(-5.99104969e-4f, 4.99339588e-3f).Fma(square, -2.67667342e-2f).Fma(square, 1.12818025e-1f).Fma(square, -3.76124859e-1f).Fma(square, 1.28379151e-1f).Fma(magnitude, magnitude);
        return magnitude.SelectFrom(0.921875f, 1 - exp, small).WithSigns(x);
    }

    /// <summary>Gelu of whole sixty-fours of numbers, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static unsafe void Gelu(float* x, int count)
    {
        for (int i = 0; i < count; i += Float64Lanes.Count) UnaryFunctions.MlasGelu.Apply(Float64Lanes.Load(x + i)).Store(x + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, float b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, Vector512.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, float c) => Vector512.FusedMultiplyAdd(a, b, Vector512.Create(c));
}
