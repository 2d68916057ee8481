using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// <see cref="FloatBatchMatMulKernel{TProducts}"/> of fused products in vectors of AVX-512: the same sums, in the same order, of thirty-two columns at a time.
/// An item is some rows of the result. Where the second matrix does not fit into the first-level cache, thirty-two columns of it are copied for the item's rows: a column apart, they would lie in the same few sets of the cache.
/// So are the last columns where they do not fill vectors.
/// </summary>
internal sealed unsafe class FloatBatchMatMulAvx512(TensorInfo a, TensorInfo b, TensorInfo output, TensorInfo? addend, BatchMatMulParameters p, int[] batchesA, int[] batchesB) : Kernel
{
    private const int TileRows = 8, Width = 16, TileColumns = 2 * Width;

    private const int LightBytes = 24 * 1024, RowsOfPanel = 8 * TileRows;

    private readonly bool _copies = Copies(p);
    private readonly int _itemRows = Copies(p) ? RowsOfPanel : TileRows;

    private int Items => (p.M + _itemRows - 1) / _itemRows;

    public override string Name => "batch_matmul.f32.avx512";

    public override int WorkItems => batchesA.Length * Items;

    public override nint ScratchBytes => _copies || p.N % Width != 0 ? (nint)(Math.Min(p.FusedRun, p.K) + TileRows) * TileColumns * sizeof(float) : 0;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int item = begin; item < end; item++)
        {
            int batch = item / Items, row = item % Items * _itemRows, rows = Math.Min(_itemRows, p.M - row);
            float* left = context.Pointer<float>(a) + ((nint)batchesA[batch] * p.M + row) * p.K;
            float* right = context.Pointer<float>(b) + (nint)batchesB[batch] * p.K * p.N;
            float* to = context.Pointer<float>(output) + ((nint)batch * p.M + row) * p.N;
            bool begins = !MatMulAddend.Put(context, addend, p.N, (nint)batch * p.M + row, rows, to);
            for (int k = 0, count; k < p.K; k += count)
            {
                count = Math.Min(p.FusedRun, p.K - k);
                Part(left + k, right + (nint)k * p.N, count, to, rows, begins && k == 0, (float*)scratch);
            }
        }
    }

    private static bool Copies(BatchMatMulParameters p) => p.M >= RowsOfPanel && (long)p.K * p.N * sizeof(float) > LightBytes;

    // A run of products for some rows.
    private void Part(float* left, float* right, int count, float* to, int rows, bool first, float* panel)
    {
        int whole = rows / TileRows * TileRows, n = 0;
        for (; whole > 0 && n < p.N; n += TileColumns)
        {
            int width = Math.Min(TileColumns, p.N - n);
            bool fills = width % Width == 0;
            float* columns = right + n, sums = panel + (nint)count * TileColumns;
            nint step = p.N;
            if (_copies || !fills)
            {
                Copy(columns, count, width, panel);
                columns = panel;
                step = TileColumns;
            }
            for (int row = 0; row < whole; row += TileRows)
            {
                float* from = left + (nint)row * p.K, target = to + (nint)row * p.N + n;
                if (width <= Width) FloatPanelTiles512<FusedProducts>.NarrowEight(from, p.K, columns, step, count, fills ? target : sums, fills ? p.N : TileColumns, first || !fills);
                else FloatPanelTiles512<FusedProducts>.Eight(from, p.K, columns, step, count, fills ? target : sums, fills ? p.N : TileColumns, first || !fills);
                for (int i = 0; !fills && i < TileRows; i++) FloatBatchMatMulKernel.Put(sums + i * TileColumns, width, target + (nint)i * p.N, first);
            }
        }
        for (int row = whole; row < rows; row++) Row(left + (nint)row * p.K, right, count, to + (nint)row * p.N, first);
    }

    // Columns of a run's rows, in vectors; what is behind a row is the next one's and does not matter.
    private void Copy(float* columns, int count, int width, float* panel)
    {
        long rest = (count - 1L) * p.N + width;
        for (int k = 0; k < count; k++, columns += p.N, panel += TileColumns, rest -= p.N)
        {
            if (rest < TileColumns)
            {
                new Span<float>(panel, TileColumns).Clear();
                for (int i = 0; i < width; i++) panel[i] = columns[i];
                continue;
            }
            Vector512.Load(columns).Store(panel);
            Vector512.Load(columns + Width).Store(panel + Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> low, Vector512<float> high, float* to, bool first)
    {
        Put(low, to, first);
        Put(high, to + 16, first);
    }

    // A row's sums of a run of products, the first of which are the result, and others added to it.
    private void Row(float* left, float* right, int count, float* to, bool first)
    {
        int n = 0;
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
        for (; n <= p.N - 8; n += 8)
        {
            Vector256<float> sum = default;
            for (int k = 0; k < count; k++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(left[k]), Vector256.Load(right + n + (nint)k * p.N), sum);
            (first ? sum : Vector256.Load(to + n) + sum).Store(to + n);
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
