using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Dot products as <see cref="FloatSum.FusedLanes"/> adds them, of one vector with 16 columns: lane k % 8 of a column is a row of 16 sums here.
/// </summary>
internal static unsafe class FloatLanes
{
    private const int Block = FloatConv2DKernel.Block;
    private const int Lanes = 8;

    /// <summary>Sums x[k] * w[k][0..16] over k in lanes.</summary>
    [SkipLocalsInit]
    public static void Sum(float* x, float* w, float* sums, int count, bool vectors)
    {
        float* lanes = stackalloc float[Lanes * Block];
        new Span<float>(sums, Block).Clear();
        int whole = count & ~15, k = 0;
        if (whole > 0)
        {
            Products(x, w, lanes, whole, vectors);
            AddLanes(lanes, sums);
            k = whole;
        }
        for (int size = 8; size > 0; size >>= 1)
        {
            if ((count & size) == 0) continue;
            Products(x + k, w + (nint)k * Block, lanes, size, vectors);
            AddLanes(lanes, sums);
            k += size;
        }
    }

    private static void Products(float* x, float* w, float* lanes, int count, bool vectors)
    {
        new Span<float>(lanes, Lanes * Block).Clear();
        for (int k = 0; k < count; k++, w += Block)
        {
            float* lane = lanes + k % Lanes * Block;
            if (vectors)
            {
                var v = Vector256.Create(x[k]);
                FusedProducts.Add(Vector256.Load(lane), v, Vector256.Load(w)).Store(lane);
                FusedProducts.Add(Vector256.Load(lane + 8), v, Vector256.Load(w + 8)).Store(lane + 8);
            }
            else
            {
                for (int o = 0; o < Block; o++) lane[o] = FusedProducts.Add(lane[o], x[k], w[o]);
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
