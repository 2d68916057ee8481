using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Functions of <see cref="MlasFunctions"/> that encoders spend their time in, the same operations on sixteen numbers at a time.</summary>
internal static class MlasFunctions512
{
    private const float RoundingBias = 12582912f, Log2Reciprocal = 1.44269504088896341f, Log2High = -6.93145752e-1f, Log2Low = -1.42860677e-6f, LeastExponent = -88.3762626647949f;

    /// <summary><see cref="MlasFunctions.ExpNegative"/></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpNegative(Vector512<float> x)
    {
        x = Avx512F.Max(Vector512.Create(LeastExponent), x);
        var bias = Vector512.Create(RoundingBias);
        var biased = Fma(x, Log2Reciprocal, bias);
        var m = biased - bias;
        var r = Fma(m, Log2Low, Fma(m, Log2High, x));
        var scale = (Vector512.ShiftLeft(biased.AsInt32(), 23) + Vector512.Create(0x3F800000)).AsSingle();
        var p = Fma(Fma(Fma(Fma(Fma(Vector512.Create(1.3780594e-03f), r, 8.3731245e-03f), r, 4.1669536e-02f), r, 1.6666472e-01f), r, 4.9999985e-01f), r, 1);
        return Fma(p, r, 1) * scale;
    }

    /// <summary><see cref="MlasFunctions.Erf"/></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        var sign = x.AsInt32() & Vector512.Create(int.MinValue);
        var magnitude = Avx512F.Min(Vector512.Create(3.925f), Vector512.Abs(x));
        var square = magnitude * magnitude;
        var small = Fma(Fma(Fma(Fma(Fma(Vector512.Create(-5.99104969e-4f), square, 4.99339588e-3f), square, -2.67667342e-2f), square, 1.12818025e-1f), square, -3.76124859e-1f), square, 1.28379151e-1f);
        small = Vector512.FusedMultiplyAdd(small, magnitude, magnitude);
        var big = Fma(Fma(Fma(Fma(Vector512.Create(1.72948930e-5f), magnitude, -3.83208680e-4f), magnitude, 3.88393435e-3f), magnitude, -2.42545605e-2f), magnitude, 1.06777847e-1f);
        big = Fma(Fma(big, magnitude, 6.34846687e-1f), magnitude, 1.28717512e-1f);
        big = Avx512F.Max(Vector512.Create(LeastExponent), -Vector512.FusedMultiplyAdd(big, magnitude, magnitude));
        var bias = Vector512.Create(RoundingBias);
        var m = Fma(big, Log2Reciprocal, bias) - bias;
        var r = Fma(m, Log2Low, Fma(m, Log2High, big));
        var exp = Fma(Fma(Fma(Fma(Fma(Fma(Vector512.Create(1.38319808e-3f), r, 8.37550033e-3f), r, 4.16689515e-2f), r, 1.66664466e-1f), r, 4.99999851e-1f), r, 1), r, 1);
        exp *= Vector512.ShiftLeft(Avx512F.ConvertToVector512Int32(m) + Vector512.Create(127), 23).AsSingle();
        var y = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Vector512.Create(0.921875f), magnitude), Vector512<float>.One - exp, small);
        return (y.AsInt32() | sign).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, float b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, Vector512.Create(b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, float c) => Vector512.FusedMultiplyAdd(a, b, Vector512.Create(c));
}
