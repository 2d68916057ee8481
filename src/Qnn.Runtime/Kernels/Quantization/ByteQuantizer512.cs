using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>
/// y = clamp(rint(x / scale), low, high) + zero point in bytes, without a division for most numbers: x * (1 / scale) is within 3 * 2^-24 of x / scale, rounded, relative to it,
/// so below 2^9 both round alike unless the product is within 2^-13 of the middle between two integers. Vectors with such a number are divided. What is no number becomes the least result.
/// </summary>
internal readonly unsafe struct ByteQuantizer512
{
    private const float GreatestResult = 512, LeastScale = 1e-30f, GreatestScale = 1e30f;

    // (1/2 - 2^-13)^2
    private const float SafeDistanceSquared = 0.24987794f;

    private readonly float _scale, _low, _high;
    private readonly int _zeroPoint;
    private readonly bool _isSigned;

    /// <summary>Only for what it <see cref="Serves"/>.</summary>
    /// <param name="scale">The result's scale.</param>
    /// <param name="low">The least result less the zero point.</param>
    /// <param name="high">The greatest result less the zero point.</param>
    /// <param name="zeroPoint">The zero point.</param>
    /// <param name="isSigned">Whether results are int8 instead of uint8.</param>
    public ByteQuantizer512(float scale, float low, float high, int zeroPoint, bool isSigned) => (_scale, _low, _high, _zeroPoint, _isSigned) = (scale, low, high, zeroPoint, isSigned);

    /// <summary>Whether the products are close enough, and nothing overflows.</summary>
    public static bool Serves(float scale, float low, float high) => scale is >= LeastScale and <= GreatestScale && low >= -GreatestResult && high <= GreatestResult;

    /// <summary>Quantizes whole vectors of numbers; gives how many numbers that were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public int Run(float* x, byte* y, int count)
    {
        float reciprocal = 1 / _scale;
        int i = 0;
        for (; i <= count - Float64Lanes.Count; i += Float64Lanes.Count) Store(Float64Lanes.Load(x + i), reciprocal, y + i);
        for (; i <= count - 16; i += 16)
        {
            var v = Vector512.Load(x + i);
            var rounded = Round(Clamp(v * reciprocal), out var distance);
            if (IsFar(distance)) rounded = Divide(v);
            Avx512F.ConvertToVector128Byte(rounded + Vector512.Create(_zeroPoint)).Store(y + i);
        }
        return i;
    }

    /// <summary>Quantizes and stores 64 numbers.</summary>
    /// <param name="v">The numbers.</param>
    /// <param name="reciprocal">1 / scale.</param>
    /// <param name="y">64 bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Float64Lanes v, float reciprocal, byte* y)
    {
        var products = v * reciprocal;
        var a = Round(Clamp(products.A), out var distanceA);
        var b = Round(Clamp(products.B), out var distanceB);
        var c = Round(Clamp(products.C), out var distanceC);
        var d = Round(Clamp(products.D), out var distanceD);
        if (IsFar(Avx512F.Max(Avx512F.Max(distanceA, distanceB), Avx512F.Max(distanceC, distanceD)))) (a, b, c, d) = (Divide(v.A), Divide(v.B), Divide(v.C), Divide(v.D));
        var zeroPoints = Vector512.Create((short)_zeroPoint);
        var (low, high) = (Avx512BW.PackSignedSaturate(a, b) + zeroPoints, Avx512BW.PackSignedSaturate(c, d) + zeroPoints);
        var bytes = _isSigned ? Avx512BW.PackSignedSaturate(low, high).AsInt32() : Avx512BW.PackUnsignedSaturate(low, high).AsInt32();
        // Each 128 bits hold four bytes of each vector.
        Avx512F.PermuteVar16x32(bytes, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsByte().Store(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Clamp(Vector512<float> v) => Avx512F.Min(Avx512F.Max(v, Vector512.Create(_low)), Vector512.Create(_high));

    // The square of the distance from the nearest integer as well.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Round(Vector512<float> v, out Vector512<float> distance)
    {
        var rounded = Avx512F.ConvertToVector512Int32(v);
        var rest = v - Avx512F.ConvertToVector512Single(rounded);
        distance = rest * rest;
        return rounded;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFar(Vector512<float> distance) => Vector512.GreaterThanAny(distance, Vector512.Create(SafeDistanceSquared));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private Vector512<int> Divide(Vector512<float> v) => Avx512F.ConvertToVector512Int32(Clamp(v / Vector512.Create(_scale)));
}
