using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Dot products in lanes, of one vector with 16 columns: lane k % 8, or k % 4, of a column is a row of 16 sums here.
/// </summary>
internal static unsafe class FloatLanes
{
    private const int Block = FloatConv2DKernel.Block;
    private const int Lanes = 8;

    /// <summary>Sums x[k] * w[k][0..16] over k as <see cref="FloatSum.RoundedLanes"/> says.</summary>
    [SkipLocalsInit]
    public static void SumFours(float* x, float* w, float* start, float* sums, int count, bool vectors)
    {
        float* lanes = stackalloc float[4 * Block];
        new Span<float>(lanes, 4 * Block).Clear();
        new ReadOnlySpan<float>(start, Block).CopyTo(new Span<float>(lanes, Block));
        Products<RoundedProducts>(x, w, lanes, 3, count, vectors);
        for (int o = 0; o < Block; o++) sums[o] = lanes[o] + lanes[2 * Block + o] + (lanes[Block + o] + lanes[3 * Block + o]);
    }

    /// <summary>Sums x[k] * w[k][0..16] over k as <see cref="FloatSum.FusedLanes"/> says.</summary>
    [SkipLocalsInit]
    public static void SumEights(float* x, float* w, float* sums, int count, bool vectors)
    {
        float* lanes = stackalloc float[Lanes * Block];
        new Span<float>(sums, Block).Clear();
        int whole = count & ~15, k = 0;
        if (whole > 0)
        {
            Eights(x, w, lanes, whole, vectors);
            AddLanes(lanes, sums);
            k = whole;
        }
        for (int size = 8; size > 0; size >>= 1)
        {
            if ((count & size) == 0) continue;
            Eights(x + k, w + (nint)k * Block, lanes, size, vectors);
            AddLanes(lanes, sums);
            k += size;
        }
    }

    private static void Eights(float* x, float* w, float* lanes, int count, bool vectors)
    {
        new Span<float>(lanes, Lanes * Block).Clear();
        Products<FusedProducts>(x, w, lanes, Lanes - 1, count, vectors);
    }

    private static void Products<TProducts>(float* x, float* w, float* lanes, int mask, int count, bool vectors) where TProducts : struct, IFloatProducts
    {
        for (int k = 0; k < count; k++, w += Block)
        {
            float* lane = lanes + (k & mask) * Block;
            if (vectors)
            {
                var v = Vector256.Create(x[k]);
                TProducts.Add(Vector256.Load(lane), v, Vector256.Load(w)).Store(lane);
                TProducts.Add(Vector256.Load(lane + 8), v, Vector256.Load(w + 8)).Store(lane + 8);
            }
            else
            {
                for (int o = 0; o < Block; o++) lane[o] = TProducts.Add(lane[o], x[k], w[o]);
            }
        }
    }

    // Neighbours, then halves, then the two that are left.
    private static void AddLanes(float* lanes, float* sums)
    {
        for (int o = 0; o < Block; o++)
        {
            float* l = lanes + o;
            float even = l[0] + l[Block] + (l[4 * Block] + l[5 * Block]), odd = l[2 * Block] + l[3 * Block] + (l[6 * Block] + l[7 * Block]);
            sums[o] += even + odd;
        }
    }
}
