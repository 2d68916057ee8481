using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary><see cref="FloatMath.LibraryExp"/> of vectors: the same operations, the same bits.</summary>
internal static unsafe class LibraryExpVectors
{
    // Added, it rounds to an integer, which is in the low bits then.
    private const double Integer = 6755399441055744;

    /// <summary>exp(x) of eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> x, double* powers)
    {
        var (low, high) = Vector256.Widen(x);
        var result = Vector256.Narrow(Of(low, powers), Of(high, powers));
        result = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(88.722839f)), Vector256.Create(float.PositiveInfinity), result);
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-103.972084f)), Vector256<float>.Zero, result);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), result, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Of(Vector256<double> x, double* powers)
    {
        const double C0 = 0.05550361559341535 / (32 * 32 * 32), C1 = 0.2402284522445722 / (32 * 32), C2 = 0.6931471806916203 / 32;
        var z = Vector256.Create(1.4426950408889634 * 32) * x;
        var biased = z + Vector256.Create(Integer);
        var r = z - (biased - Vector256.Create(Integer));
        var y = (Vector256.Create(C0) * r + Vector256.Create(C1)) * (r * r) + (Vector256.Create(C2) * r + Vector256.Create(1.0));
        var k = biased.AsInt64();
        var part = k & Vector256.Create(31L);
        var power = Vector256.Create(powers[part[0]], powers[part[1]], powers[part[2]], powers[part[3]]).AsInt64();
        return y * (power + Vector256.ShiftLeft(Vector256.ShiftRightLogical(k, 5), 52)).AsDouble();
    }
}
