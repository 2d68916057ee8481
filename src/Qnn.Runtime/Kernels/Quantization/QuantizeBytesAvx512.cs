using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>
/// y = clamp(rint(x / scale), low, high) + zero point in bytes, without a division for most numbers: x * (1 / scale) is within 3 * 2^-24 of x / scale, rounded, relative to it,
/// so below 2^9 both round alike unless the product is within 2^-13 of the middle between two integers. Vectors with such a number are divided.
/// </summary>
internal static unsafe class QuantizeBytesAvx512
{
    /// <summary>Numbers of a vector.</summary>
    public const int Lanes = 16;

    private const float GreatestResult = 512, LeastScale = 1e-30f, GreatestScale = 1e30f;

    // (1/2 - 2^-13)^2
    private const float SafeDistanceSquared = 0.24987794f;

    /// <summary>Whether the products are close enough, and nothing overflows.</summary>
    public static bool Serves(float scale, float low, float high) => scale is >= LeastScale and <= GreatestScale && low >= -GreatestResult && high <= GreatestResult;

    /// <summary>Quantizes whole vectors of numbers; gives how many numbers that were. What is no number becomes <paramref name="low"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run(float* x, byte* y, int count, float scale, float low, float high, int zeroPoint)
    {
        Vector512<float> least = Vector512.Create(low), most = Vector512.Create(high), reciprocals = Vector512.Create(1 / scale), safe = Vector512.Create(SafeDistanceSquared);
        var zeroPoints = Vector512.Create(zeroPoint);
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            var v = Vector512.Load(x + i);
            var product = Avx512F.Min(Avx512F.Max(v * reciprocals, least), most);
            var rounded = Avx512F.ConvertToVector512Int32(product);
            var distance = product - Avx512F.ConvertToVector512Single(rounded);
            if (Vector512.GreaterThanAny(distance * distance, safe)) rounded = Avx512F.ConvertToVector512Int32(Avx512F.Min(Avx512F.Max(v / Vector512.Create(scale), least), most));
            Avx512F.ConvertToVector128Byte(rounded + zeroPoints).Store(y + i);
        }
        return i;
    }
}
