using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Two rows by eight columns, twice, in vectors of 256 bits.</summary>
internal readonly unsafe struct BlockTiles256 : IBlockTiles
{
    private const int Width = 8;

    public static string Name => "vector";

    public static int Rows => 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void One<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights
    {
        int groups = run->Groups, blocks = run->GroupBlocks, shift = run->GroupShift, step = run->BlockStep;
        float* steps = run->Steps;
        for (int column = 0; column < BlockPanels.Columns; column += Width)
        {
            byte* weights = run->Weights + column * BlockPanels.ChunkLength, row = run->Row;
            float* scales = run->Scales + column;
            Vector256<float> a = default, b = default, c = default, d = default;
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
            Put(run, run->Sums + column, a, b, c, d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Many<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights
    {
        int groups = run->Groups, blocks = run->GroupBlocks, shift = run->GroupShift, step = run->BlockStep;
        nint pitch = run->Pitch;
        float* steps = run->Steps, further = steps + pitch / sizeof(float);
        for (int column = 0; column < BlockPanels.Columns; column += Width)
        {
            byte* weights = run->Weights + column * BlockPanels.ChunkLength, row = run->Row;
            float* scales = run->Scales + column;
            Vector256<float> a0 = default, b0 = default, c0 = default, d0 = default, a1 = default, b1 = default, c1 = default, d1 = default;
            for (int group = 0; group < groups; group++)
            {
                int block = group * blocks >> shift;
                Vector256<float> f0 = Factor(scales, steps, block), f1 = Factor(scales, further, block);
                Add<TWeights>(weights, row, pitch, f0, f1, ref a0, ref a1);
                Add<TWeights>(weights + TWeights.PairBytes, row + TWeights.RowBytes, pitch, f0, f1, ref b0, ref b1);
                if (step != 0) (f0, f1) = (Factor(scales, steps, block + step), Factor(scales, further, block + step));
                Add<TWeights>(weights + 2 * TWeights.PairBytes, row + 2 * TWeights.RowBytes, pitch, f0, f1, ref c0, ref c1);
                Add<TWeights>(weights + 3 * TWeights.PairBytes, row + 3 * TWeights.RowBytes, pitch, f0, f1, ref d0, ref d1);
                weights += 4 * TWeights.PairBytes;
                row += 4 * TWeights.RowBytes;
            }
            Put(run, run->Sums + column, a0, b0, c0, d0);
            Put(run, run->Sums + BlockRun.RowSums + column, a1, b1, c1, d1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Factor(float* scales, float* steps, int block) => Vector256.Load(scales + block * BlockPanels.Columns) * Vector256.Create(steps[block]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWeights>(byte* weights, byte* row, nint pitch, Vector256<float> f0, Vector256<float> f1, ref Vector256<float> s0, ref Vector256<float> s1) where TWeights : struct, IBlockWeights
    {
        s0 = Add<TWeights>(weights, row, f0, s0);
        s1 = Add<TWeights>(weights, row + pitch, f1, s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add<TWeights>(byte* weights, byte* row, Vector256<float> factor, Vector256<float> sum) where TWeights : struct, IBlockWeights =>
        Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(TWeights.Dot256(weights, row)), factor, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(BlockRun* run, float* sums, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        a.Store(sums + run->SumsAt[0]);
        b.Store(sums + run->SumsAt[1]);
        c.Store(sums + run->SumsAt[2]);
        d.Store(sums + run->SumsAt[3]);
    }
}
