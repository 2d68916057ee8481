using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// <see cref="FloatBatchMatMulKernel{TProducts}"/> of fused products in vectors of AVX-512: the same sums, in the same order, of thirty-two columns at a time. An item is a tile of up to eight rows of the result.
/// </summary>
internal sealed unsafe class FloatBatchMatMulAvx512(TensorInfo a, TensorInfo b, TensorInfo output, BatchMatMulParameters p, int[] batchesA, int[] batchesB) : Kernel
{
    private const int TileRows = 8, TileColumns = 32;

    private readonly int _tiles = (p.M + TileRows - 1) / TileRows;

    public override string Name => "batch_matmul.f32.avx512";

    public override int WorkItems => batchesA.Length * _tiles;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int item = begin; item < end; item++)
        {
            int batch = item / _tiles, row = item % _tiles * TileRows, rows = Math.Min(TileRows, p.M - row);
            float* left = context.Pointer<float>(a) + ((nint)batchesA[batch] * p.M + row) * p.K;
            float* right = context.Pointer<float>(b) + (nint)batchesB[batch] * p.K * p.N;
            float* to = context.Pointer<float>(output) + ((nint)batch * p.M + row) * p.N;
            for (int k = 0, count; k < p.K; k += count)
            {
                count = Math.Min(p.FusedRun, p.K - k);
                float* matrix = right + (nint)k * p.N;
                int n = 0;
                if (rows == TileRows)
                {
                    for (; n <= p.N - TileColumns; n += TileColumns) Tile(left + k, matrix + n, count, p.K, p.N, to + n, k == 0);
                }
                for (int r = 0; r < rows; r++) Row(left + k + (nint)r * p.K, matrix, n, count, to + (nint)r * p.N, k == 0);
            }
        }
    }

    // Eight rows of thirty-two sums in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile(float* left, float* right, int count, nint pitch, nint step, float* to, bool first)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default;
        Vector512<float> c0 = default, c1 = default, d0 = default, d1 = default;
        Vector512<float> e0 = default, e1 = default, f0 = default, f1 = default;
        Vector512<float> g0 = default, g1 = default, h0 = default, h1 = default;
        float* left3 = left + 3 * pitch, left6 = left + 6 * pitch;
        for (; count != 0; count--, left++, left3++, left6++, right += step)
        {
            Vector512<float> low = Vector512.Load(right), high = Vector512.Load(right + 16);
            Add(ref a0, ref a1, *left, low, high);
            Add(ref b0, ref b1, left[pitch], low, high);
            Add(ref c0, ref c1, left[2 * pitch], low, high);
            Add(ref d0, ref d1, *left3, low, high);
            Add(ref e0, ref e1, left3[pitch], low, high);
            Add(ref f0, ref f1, left3[2 * pitch], low, high);
            Add(ref g0, ref g1, *left6, low, high);
            Add(ref h0, ref h1, left6[pitch], low, high);
        }
        Put(a0, a1, to, first);
        Put(b0, b1, to += step, first);
        Put(c0, c1, to += step, first);
        Put(d0, d1, to += step, first);
        Put(e0, e1, to += step, first);
        Put(f0, f1, to += step, first);
        Put(g0, g1, to += step, first);
        Put(h0, h1, to + step, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector512<float> sum0, ref Vector512<float> sum1, float value, Vector512<float> low, Vector512<float> high)
    {
        var v = Vector512.Create(value);
        sum0 = Vector512.FusedMultiplyAdd(v, low, sum0);
        sum1 = Vector512.FusedMultiplyAdd(v, high, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> low, Vector512<float> high, float* to, bool first)
    {
        Put(low, to, first);
        Put(high, to + 16, first);
    }

    // A row's sums of a run of products from column n on, the first of which are the result, and others added to it.
    private void Row(float* left, float* right, int n, int count, float* to, bool first)
    {
        for (; n <= p.N - 64; n += 64)
        {
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            float* at = right + n;
            for (int k = 0; k < count; k++, at += p.N)
            {
                var v = Vector512.Create(left[k]);
                sum0 = Vector512.FusedMultiplyAdd(v, Vector512.Load(at), sum0);
                sum1 = Vector512.FusedMultiplyAdd(v, Vector512.Load(at + 16), sum1);
                sum2 = Vector512.FusedMultiplyAdd(v, Vector512.Load(at + 32), sum2);
                sum3 = Vector512.FusedMultiplyAdd(v, Vector512.Load(at + 48), sum3);
            }
            Put(sum0, sum1, to + n, first);
            Put(sum2, sum3, to + n + 32, first);
        }
        for (; n <= p.N - 16; n += 16)
        {
            Vector512<float> sum = default;
            for (int k = 0; k < count; k++) sum = Vector512.FusedMultiplyAdd(Vector512.Create(left[k]), Vector512.Load(right + n + (nint)k * p.N), sum);
            Put(sum, to + n, first);
        }
        for (; n < p.N; n++)
        {
            float sum = 0;
            for (int k = 0; k < count; k++) sum = MathF.FusedMultiplyAdd(left[k], right[n + (nint)k * p.N], sum);
            to[n] = first ? sum : to[n] + sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> sum, float* to, bool first) => (first ? sum : Vector512.Load(to) + sum).Store(to);
}
