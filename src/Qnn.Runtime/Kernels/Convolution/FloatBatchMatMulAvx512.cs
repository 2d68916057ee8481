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
                if (width <= Width) NarrowTile(from, columns, count, p.K, step, fills ? target : sums, fills ? p.N : TileColumns, first || !fills);
                else Tile(from, columns, count, p.K, step, fills ? target : sums, fills ? p.N : TileColumns, first || !fills);
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

    // Eight rows of sixteen sums in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void NarrowTile(float* left, float* right, int count, nint pitch, nint step, float* to, nint toPitch, bool first)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        float* left3 = left + 3 * pitch, left6 = left + 6 * pitch;
        for (; count != 0; count--, left++, left3++, left6++, right += step)
        {
            var v = Vector512.Load(right);
            a = Vector512.FusedMultiplyAdd(Vector512.Create(*left), v, a);
            b = Vector512.FusedMultiplyAdd(Vector512.Create(left[pitch]), v, b);
            c = Vector512.FusedMultiplyAdd(Vector512.Create(left[2 * pitch]), v, c);
            d = Vector512.FusedMultiplyAdd(Vector512.Create(*left3), v, d);
            e = Vector512.FusedMultiplyAdd(Vector512.Create(left3[pitch]), v, e);
            f = Vector512.FusedMultiplyAdd(Vector512.Create(left3[2 * pitch]), v, f);
            g = Vector512.FusedMultiplyAdd(Vector512.Create(*left6), v, g);
            h = Vector512.FusedMultiplyAdd(Vector512.Create(left6[pitch]), v, h);
        }
        Put(a, to, first);
        Put(b, to += toPitch, first);
        Put(c, to += toPitch, first);
        Put(d, to += toPitch, first);
        Put(e, to += toPitch, first);
        Put(f, to += toPitch, first);
        Put(g, to += toPitch, first);
        Put(h, to + toPitch, first);
    }

    // Eight rows of thirty-two sums in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Tile(float* left, float* right, int count, nint pitch, nint step, float* to, nint toPitch, bool first)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default;
        Vector512<float> c0 = default, c1 = default, d0 = default, d1 = default;
        Vector512<float> e0 = default, e1 = default, f0 = default, f1 = default;
        Vector512<float> g0 = default, g1 = default, h0 = default, h1 = default;
        float* left3 = left + 3 * pitch, left6 = left + 6 * pitch;
        for (; count != 0; count--, left++, left3++, left6++, right += step)
        {
            Vector512<float> low = Vector512.Load(right), high = Vector512.Load(right + 16);
            Add(ref a0, ref a1, left, low, high);
            Add(ref b0, ref b1, left + pitch, low, high);
            Add(ref c0, ref c1, left + 2 * pitch, low, high);
            Add(ref d0, ref d1, left3, low, high);
            Add(ref e0, ref e1, left3 + pitch, low, high);
            Add(ref f0, ref f1, left3 + 2 * pitch, low, high);
            Add(ref g0, ref g1, left6, low, high);
            Add(ref h0, ref h1, left6 + pitch, low, high);
        }
        Put(a0, a1, to, first);
        Put(b0, b1, to += toPitch, first);
        Put(c0, c1, to += toPitch, first);
        Put(d0, d1, to += toPitch, first);
        Put(e0, e1, to += toPitch, first);
        Put(f0, f1, to += toPitch, first);
        Put(g0, g1, to += toPitch, first);
        Put(h0, h1, to + toPitch, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector512<float> sum0, ref Vector512<float> sum1, float* value, Vector512<float> low, Vector512<float> high)
    {
        // Read where it is spread, in one load: else it is spread from a register, by the port of half of the products.
        var v = Vector512.Create(*value);
        sum0 = Vector512.FusedMultiplyAdd(v, low, sum0);
        sum1 = Vector512.FusedMultiplyAdd(v, high, sum1);
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
