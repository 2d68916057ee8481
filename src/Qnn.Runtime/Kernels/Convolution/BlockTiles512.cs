using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Four rows by sixteen columns, in vectors of AVX-512.</summary>
internal readonly unsafe struct BlockTiles512 : IBlockTiles
{
    public static string Name => "avx512";

    public static int Rows => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void One<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights
    {
        byte* weights = run->Weights, row = run->Row;
        float* scales = run->Scales, steps = run->Steps;
        int groups = run->Groups, blocks = run->GroupBlocks, shift = run->GroupShift, step = run->BlockStep;
        Vector512<float> a = default, b = default, c = default, d = default;
        for (int group = 0; group < groups; group++)
        {
            int block = group * blocks >> shift;
            var factor = Factor(scales, steps, block);
            a = Add<TWeights>(weights, row, factor, a);
            b = Add<TWeights>(weights + TWeights.PairBytes, row + TWeights.RowBytes, factor, b);
            if (step != 0) factor = Factor(scales, steps, block + step);
            c = Add<TWeights>(weights + 2 * TWeights.PairBytes, row + 2 * TWeights.RowBytes, factor, c);
            d = Add<TWeights>(weights + 3 * TWeights.PairBytes, row + 3 * TWeights.RowBytes, factor, d);
            weights += 4 * TWeights.PairBytes;
            row += 4 * TWeights.RowBytes;
        }
        Put(run, run->Sums, a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Many<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights
    {
        byte* weights = run->Weights, row = run->Row;
        nint pitch = run->Pitch, apart = pitch / sizeof(float);
        float* scales = run->Scales, steps = run->Steps;
        int groups = run->Groups, blocks = run->GroupBlocks, shift = run->GroupShift, step = run->BlockStep;
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        for (int group = 0; group < groups; group++)
        {
            int block = group * blocks >> shift;
            Vector512<float> f0 = Factor(scales, steps, block), f1 = Factor(scales, steps + apart, block), f2 = Factor(scales, steps + 2 * apart, block), f3 = Factor(scales, steps + 3 * apart, block);
            Add<TWeights>(weights, row, pitch, f0, f1, f2, f3, ref a0, ref a1, ref a2, ref a3);
            Add<TWeights>(weights + TWeights.PairBytes, row + TWeights.RowBytes, pitch, f0, f1, f2, f3, ref b0, ref b1, ref b2, ref b3);
            if (step != 0) (f0, f1, f2, f3) = (Factor(scales, steps, block + step), Factor(scales, steps + apart, block + step), Factor(scales, steps + 2 * apart, block + step), Factor(scales, steps + 3 * apart, block + step));
            Add<TWeights>(weights + 2 * TWeights.PairBytes, row + 2 * TWeights.RowBytes, pitch, f0, f1, f2, f3, ref c0, ref c1, ref c2, ref c3);
            Add<TWeights>(weights + 3 * TWeights.PairBytes, row + 3 * TWeights.RowBytes, pitch, f0, f1, f2, f3, ref d0, ref d1, ref d2, ref d3);
            weights += 4 * TWeights.PairBytes;
            row += 4 * TWeights.RowBytes;
        }
        float* sums = run->Sums;
        Put(run, sums, a0, b0, c0, d0);
        Put(run, sums + BlockRun.RowSums, a1, b1, c1, d1);
        Put(run, sums + 2 * BlockRun.RowSums, a2, b2, c2, d2);
        Put(run, sums + 3 * BlockRun.RowSums, a3, b3, c3, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Factor(float* scales, float* steps, int block) => Vector512.Load(scales + block * BlockPanels.Columns) * Vector512.Create(steps[block]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add<TWeights>(byte* weights, byte* row, Vector512<float> factor, Vector512<float> sum) where TWeights : struct, IBlockWeights =>
        Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(TWeights.Dot512(weights, row)), factor, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWeights>(byte* weights, byte* row, nint pitch, Vector512<float> f0, Vector512<float> f1, Vector512<float> f2, Vector512<float> f3,
        ref Vector512<float> s0, ref Vector512<float> s1, ref Vector512<float> s2, ref Vector512<float> s3) where TWeights : struct, IBlockWeights
    {
        s0 = Add<TWeights>(weights, row, f0, s0);
        s1 = Add<TWeights>(weights, row + pitch, f1, s1);
        s2 = Add<TWeights>(weights, row + 2 * pitch, f2, s2);
        s3 = Add<TWeights>(weights, row + 3 * pitch, f3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(BlockRun* run, float* sums, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        a.Store(sums + run->SumsAt[0]);
        b.Store(sums + run->SumsAt[1]);
        c.Store(sums + run->SumsAt[2]);
        d.Store(sums + run->SumsAt[3]);
    }
}
