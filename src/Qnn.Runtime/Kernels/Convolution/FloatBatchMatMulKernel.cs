using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The shapes of <see cref="FloatBatchMatMulKernel"/>; the leading axes are those of the operands.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BatchMatMulParameters
{
    public int M, K, N;

    /// <summary>0: products and sums are rounded apart. Else multiplied and added with one rounding, in runs of so many products, whose sums are added up. Negative: a <see cref="MatMulOrder"/>.</summary>
    public int FusedRun;

    /// <summary>Of <see cref="MatMulOrder.Dots"/>, each modulo 4, in elements of the framework's memory: from row to row of the first operand, times 4 from matrix to matrix, times 16 the first element's place. Of <see cref="MatMulOrder.Columns"/>: 0 where the rows of the result follow each other, else 4 more than the place of each matrix, modulo 4.</summary>
    public int Alignment;

    /// <summary>Whether the second operand is one matrix for all, as <see cref="MatrixPanels"/> has it.</summary>
    public bool IsPaneled;
}

/// <summary>Makes the kernel of a float matrix product.</summary>
internal static class FloatBatchMatMulKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, output) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<BatchMatMulParameters>();
        if (p.IsPaneled) return FloatPanelMatMulKernel.Create(step, p);
        step.Require(a.Type == ElementType.F32 && b.Type == ElementType.F32 && output.Type == ElementType.F32, "the element types are not float32");
        step.Require(a.Rank >= 2 && b.Rank >= 2 && output.Rank == Math.Max(a.Rank, b.Rank), "the ranks do not fit");
        step.Require(p.M > 0 && p.K > 0 && p.N > 0 && p.FusedRun >= MatMulOrder.Vector && p.Alignment is >= 0 and < 64 && output.Count > 0, "an extent is not positive");
        step.Require(a.Shape[^2] == p.M && a.Shape[^1] == p.K && b.Shape[^2] == p.K && b.Shape[^1] == p.N && output.Shape[^2] == p.M && output.Shape[^1] == p.N, "the shapes do not fit");
        var (batchesA, batchesB) = (BatchBroadcast.Of(step, a, output), BatchBroadcast.Of(step, b, output));
        bool vectors = step.Tier != KernelTier.Scalar;
        var addend = step.OptionalInput(2);
        if (addend is not null)
        {
            step.Require(p.FusedRun > 0 || p.FusedRun == MatMulOrder.Columns, "its order takes no addend");
            step.Require(addend.Type == ElementType.F32 && (addend.Count == p.N || addend.Count == output.Count), "the addend does not fit");
        }
        if (p.FusedRun is MatMulOrder.Dots or MatMulOrder.Columns or MatMulOrder.Vector)
        {
            step.Require(p.FusedRun != MatMulOrder.Vector || p.M == 1, "its order is for vectors");
            return new MklMatMulKernel(a, b, output, addend, p, batchesA, batchesB, vectors);
        }
        if (p.FusedRun < 0)
        {
            step.Require(p.FusedRun == MatMulOrder.Quads ? p.M == 1 : p.N == 1, "its order is for vectors");
            return new FloatVectorMatrixKernel(a, b, output, p, batchesA, batchesB, vectors);
        }
        if (p.FusedRun > 0 && step.Tier.HasAvx512() && Vector512.IsHardwareAccelerated) return new FloatBatchMatMulAvx512(a, b, output, addend, p, batchesA, batchesB);
        return p.FusedRun == 0
            ? new FloatBatchMatMulKernel<RoundedProducts>(a, b, output, null, p, batchesA, batchesB, p.K, vectors)
            : new FloatBatchMatMulKernel<FusedProducts>(a, b, output, addend, p, batchesA, batchesB, p.FusedRun, vectors && FusedProducts.IsSupported);
    }

    /// <summary>The sums of a row's last columns, of a run that is the first, which are the result, or of another, which are added to it.</summary>
    internal static unsafe void Put(float* sums, int width, float* to, bool first)
    {
        int i = 0;
        for (; i <= width - 8; i += 8) (first ? Vector256.Load(sums + i) : Vector256.Load(to + i) + Vector256.Load(sums + i)).Store(to + i);
        for (; i < width; i++) to[i] = first ? sums[i] : to[i] + sums[i];
    }
}

/// <summary>y[m, n] = sum of a[m, k] * b[k, n] in the order of k, for each index of the leading axes, which broadcast; an addend is joined by the sum of the first run. An item is a tile of up to six rows of the result.</summary>
internal sealed unsafe class FloatBatchMatMulKernel<TProducts>(TensorInfo a, TensorInfo b, TensorInfo output, TensorInfo? addend, BatchMatMulParameters p, int[] batchesA, int[] batchesB, int run, bool vectors) : Kernel
    where TProducts : struct, IFloatProducts
{
    public override string Name { get; } = $"batch_matmul.f32.{(vectors ? "vector" : "scalar")}";

    private const int TileRows = 6, TileColumns = 16;

    private readonly int _tiles = (p.M + TileRows - 1) / TileRows;

    public override int WorkItems => batchesA.Length * _tiles;

    public override nint ScratchBytes => vectors && p.N % TileColumns != 0 ? (nint)(Math.Min(run, p.K) + TileRows) * TileColumns * sizeof(float) : 0;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int item = begin; item < end; item++)
        {
            int batch = item / _tiles, row = item % _tiles * TileRows, rows = Math.Min(TileRows, p.M - row);
            float* left = context.Pointer<float>(a) + ((nint)batchesA[batch] * p.M + row) * p.K;
            float* right = context.Pointer<float>(b) + (nint)batchesB[batch] * p.K * p.N;
            float* to = context.Pointer<float>(output) + ((nint)batch * p.M + row) * p.N;
            bool begins = !MatMulAddend.Put(context, addend, p.N, (nint)batch * p.M + row, rows, to);
            for (int k = 0, count; k < p.K; k += count)
            {
                bool first = begins && k == 0;
                count = Math.Min(run, p.K - k);
                if (vectors && rows == TileRows)
                {
                    int n = 0;
                    for (; n <= p.N - TileColumns; n += TileColumns) FloatPanelTiles256<TProducts>.Six(left + k, p.K, right + (nint)k * p.N + n, p.N, count, to + n, p.N, first);
                    if (n < p.N) LastColumns(left + k, right + (nint)k * p.N + n, count, p.N - n, to + n, first, (float*)scratch);
                    continue;
                }
                for (int r = 0; r < rows; r++) Part(left + k + (nint)r * p.K, right + (nint)k * p.N, count, to + (nint)r * p.N, first);
            }
        }
    }

    // Six rows of columns that do not fill a tile, by a copy of the second matrix's that does.
    private void LastColumns(float* left, float* right, int count, int width, float* to, bool first, float* panel)
    {
        float* row = panel, sums = panel + (nint)count * TileColumns;
        long rest = (count - 1L) * p.N + width;
        for (int k = 0; k < count; k++, right += p.N, row += TileColumns, rest -= p.N)
        {
            if (rest >= TileColumns)
            {
                // What is behind them does not matter.
                Vector256.Load(right).Store(row);
                Vector256.Load(right + 8).Store(row + 8);
                continue;
            }
            new Span<float>(row, TileColumns).Clear();
            for (int i = 0; i < width; i++) row[i] = right[i];
        }
        FloatPanelTiles256<TProducts>.Six(left, p.K, panel, TileColumns, count, sums, TileColumns, true);
        for (int r = 0; r < TileRows; r++, sums += TileColumns, to += p.N)
        {
            FloatBatchMatMulKernel.Put(sums, width, to, first);
        }
    }

    // The sums of a run of products of a row, the first of which are the result, and others added to it.
    private void Part(float* left, float* right, int count, float* to, bool first)
    {
        int n = 0;
        if (vectors)
        {
            for (; n <= p.N - 32; n += 32) ThirtyTwo(left, right + n, count, to + n, first);
            for (; n <= p.N - 8; n += 8)
            {
                Vector256<float> sum = default;
                for (int k = 0; k < count; k++) sum = TProducts.Add(sum, Vector256.Create(left[k]), Vector256.Load(right + n + (nint)k * p.N));
                Put(sum, to + n, first);
            }
        }
        for (; n < p.N; n++)
        {
            float sum = 0;
            for (int k = 0; k < count; k++) sum = TProducts.Add(sum, left[k], right[n + (nint)k * p.N]);
            to[n] = first ? sum : to[n] + sum;
        }
    }

    private void ThirtyTwo(float* left, float* right, int count, float* to, bool first)
    {
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int k = 0; k < count; k++, right += p.N)
        {
            var v = Vector256.Create(left[k]);
            sum0 = TProducts.Add(sum0, v, Vector256.Load(right));
            sum1 = TProducts.Add(sum1, v, Vector256.Load(right + 8));
            sum2 = TProducts.Add(sum2, v, Vector256.Load(right + 16));
            sum3 = TProducts.Add(sum3, v, Vector256.Load(right + 24));
        }
        Put(sum0, to, first);
        Put(sum1, to + 8, first);
        Put(sum2, to + 16, first);
        Put(sum3, to + 24, first);
    }

    private static void Put(Vector256<float> sum, float* to, bool first) => (first ? sum : Vector256.Load(to) + sum).Store(to);
}
