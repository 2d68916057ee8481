using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>
/// Mean and variance of a row as PyTorch's kernels for AVX2 find them (RowwiseMoments; it has none for AVX-512): Welford's method in 8 lanes, in chunks of 16 vectors that are merged in pairs,
/// then the elements left over, then lane after lane. Divided by the count of elements.
/// </summary>
internal static unsafe class LaneMoments
{
    private const int Lanes = 8;
    private const int Chunk = 16;
    private const int MaxDepth = 32;

    // What is known of some elements of each lane: their mean and the sum of their squared distances from it.
    private struct Moments
    {
        public int Count;
        public Vector256<float> Mean, Squares;
    }

    /// <summary>Mean and variance of <paramref name="length"/> numbers.</summary>
    public static (float Mean, float Variance) Of(float* x, int length)
    {
        int vectors = length / Lanes;
        Moments* stack = stackalloc Moments[MaxDepth];
        int chunks = (vectors + Chunk - 1) / Chunk, depth = 1;
        while (1 << depth < chunks) depth++;
        for (int d = 0; d < depth; d++) stack[d] = default;
        for (int c = 0; c < chunks; c++)
        {
            Merge(ref stack[0], OfChunk(x + (nint)c * Chunk * Lanes, Math.Min(Chunk, vectors - c * Chunk)));
            for (int d = 1; d < depth && (c + 1 & (1 << d) - 1) == 0; d++)
            {
                Merge(ref stack[d], stack[d - 1]);
                stack[d - 1] = default;
            }
        }
        for (int d = 1; d < depth; d++) Merge(ref stack[0], stack[d]);

        int count = 0;
        float mean = 0, squares = 0;
        for (int i = vectors * Lanes; i < length; i++)
        {
            float delta = x[i] - mean;
            mean += delta / ++count;
            squares = MathF.FusedMultiplyAdd(delta, x[i] - mean, squares);
        }
        for (int lane = 0; lane < Lanes; lane++)
        {
            int sum = count + vectors;
            float share = sum == 0 ? 0 : (float)vectors / sum, delta = stack[0].Mean[lane] - mean;
            mean = MathF.FusedMultiplyAdd(share, delta, mean);
            squares += MathF.FusedMultiplyAdd(delta * delta * share, count, stack[0].Squares[lane]);
            count = sum;
        }
        return (mean, squares / length);
    }

    private static Moments OfChunk(float* x, int vectors)
    {
        var result = new Moments { Count = vectors };
        for (int i = 0; i < vectors; i++)
        {
            var value = Vector256.Load(x + i * Lanes);
            var delta = value - result.Mean;
            result.Mean = Vector256.FusedMultiplyAdd(Vector256.Create(1f / (i + 1)), delta, result.Mean);
            result.Squares = Vector256.FusedMultiplyAdd(delta, value - result.Mean, result.Squares);
        }
        return result;
    }

    private static void Merge(ref Moments all, in Moments more)
    {
        int sum = all.Count + more.Count;
        float share = sum == 0 ? 0 : (float)more.Count / sum;
        var delta = more.Mean - all.Mean;
        var step = delta * share;
        all.Squares = Vector256.FusedMultiplyAdd(delta * all.Count, step, all.Squares + more.Squares);
        all.Mean += step;
        all.Count = sum;
    }
}
