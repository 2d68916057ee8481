using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Sums of products of 16-bit numbers, exact in 64 bits, where no product of one pair exceeds 2^22: 16-bit data times 8-bit weights, or 8-bit data and weights
/// less their zero points. Counts are multiples of <see cref="Step"/>; what pads them is zero.
/// </summary>
internal static unsafe class DotProduct16
{
    /// <summary>Counts are multiples of this.</summary>
    public const int Step = 16;

    // Two products of up to 2^22 add 2^23 to a 32-bit lane; 128 times that is 2^30.
    private const int Block = 128 * Step;

    /// <summary>The implementation for a kernel tier.</summary>
    public static delegate*<short*, short*, nint, long> For(KernelTier tier) => tier switch
    {
        KernelTier.Scalar => &Scalar,
        KernelTier.Neon or KernelTier.NeonDot => &Neon,
        _ when KernelTiers.IsSupported(KernelTier.Avx2) => &Avx,
        _ => &Scalar,
    };

    /// <summary>A count made a multiple of <see cref="Step"/>.</summary>
    public static int Pad(int count) => (count + Step - 1) / Step * Step;

    private static long Scalar(short* a, short* b, nint count)
    {
        long sum = 0;
        for (nint i = 0; i < count; i++) sum += a[i] * b[i];
        return sum;
    }

    private static long Avx(short* a, short* b, nint count)
    {
        var total = Vector256<long>.Zero;
        for (nint i = 0; i < count;)
        {
            nint end = Math.Min(i + Block, count);
            var sum = Vector256<int>.Zero;
            for (; i < end; i += Step) sum += Avx2.MultiplyAddAdjacent(Vector256.Load(a + i), Vector256.Load(b + i));
            var (low, high) = Vector256.Widen(sum);
            total += low + high;
        }
        return Vector256.Sum(total);
    }

    private static long Neon(short* a, short* b, nint count)
    {
        long total = 0;
        for (nint i = 0; i < count;)
        {
            nint end = Math.Min(i + Block / 4, count);
            var sum = Vector128<int>.Zero;
            for (; i < end; i += Step)
            {
                sum = Accumulate(sum, Vector128.Load(a + i), Vector128.Load(b + i));
                sum = Accumulate(sum, Vector128.Load(a + i + 8), Vector128.Load(b + i + 8));
            }
            var (low, high) = Vector128.Widen(sum);
            total += Vector128.Sum(low + high);
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Accumulate(Vector128<int> sum, Vector128<short> a, Vector128<short> b)
    {
        sum = AdvSimd.MultiplyWideningLowerAndAdd(sum, a.GetLower(), b.GetLower());
        return AdvSimd.MultiplyWideningUpperAndAdd(sum, a, b);
    }
}
