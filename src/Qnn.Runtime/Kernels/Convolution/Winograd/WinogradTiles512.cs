using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>Eight rows of 32 channels in sixteen registers: ten loads for sixteen products of 32.</summary>
internal readonly unsafe struct WinogradTiles512 : IWinogradTiles<Vector512<short>>
{
    public static string Name => "avx512";
    public static int Count => 32;
    public static int Rows => 8;
    public static int Blocks => 2;

    public static Vector512<short> LoadBytes(byte* source) => Avx512BW.ConvertToVector512Int16(Vector256.Load(source));
    public static Vector512<short> PairShuffle(int second) => Vector512.Create(second == 0 ? WinogradTransform.FirstPairs : WinogradTransform.SecondPairs).AsInt16();
    public static Vector512<short> LoadPairs(sbyte* source, Vector512<short> shuffle) => Avx512BW.Shuffle(Vector512.Load(source), shuffle.AsSByte()).AsInt16() >> 8;
    public static Vector512<short> Create(short value) => Vector512.Create(value);
    public static Vector512<short> Load(short* source) => Vector512.Load(source);
    public static void Store(short* destination, Vector512<short> value) => value.Store(destination);
    public static Vector512<short> Add(Vector512<short> a, Vector512<short> b) => a + b;
    public static Vector512<short> Subtract(Vector512<short> a, Vector512<short> b) => a - b;
    public static Vector512<short> ShiftLeft(Vector512<short> value, int count) => value << count;

    public static void Multiply(short* rows, nint pitch, int count, short* weights, int blocks, nint pairs, int* sums, bool adds)
    {
        switch (count)
        {
            case 1: Multiply<One>(rows, pitch, weights, blocks, pairs, sums, adds); break;
            case 2: Multiply<Two>(rows, pitch, weights, blocks, pairs, sums, adds); break;
            case 3: Multiply<Three>(rows, pitch, weights, blocks, pairs, sums, adds); break;
            case 4: Multiply<Four>(rows, pitch, weights, blocks, pairs, sums, adds); break;
            case 5: Multiply<Five>(rows, pitch, weights, blocks, pairs, sums, adds); break;
            case 6: Multiply<Six>(rows, pitch, weights, blocks, pairs, sums, adds); break;
            case 7: Multiply<Seven>(rows, pitch, weights, blocks, pairs, sums, adds); break;
            default: Multiply<Eight>(rows, pitch, weights, blocks, pairs, sums, adds); break;
        }
    }

    private static void Multiply<TRows>(short* rows, nint pitch, short* weights, int blocks, nint pairs, int* sums, bool adds) where TRows : struct, INumber
    {
        if (blocks == 1) Multiply<TRows, One>(rows, pitch, weights, pairs, sums, adds);
        else Multiply<TRows, Two>(rows, pitch, weights, pairs, sums, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TRows, TBlocks>(short* rows, nint pitch, short* weights, nint pairs, int* sums, bool adds) where TRows : struct, INumber where TBlocks : struct, INumber
    {
        Vector512<int> a0 = default, b0 = default, c0 = default, d0 = default, e0 = default, f0 = default, g0 = default, h0 = default;
        Vector512<int> a1 = default, b1 = default, c1 = default, d1 = default, e1 = default, f1 = default, g1 = default, h1 = default;
        short* lower = rows + 4 * pitch;
        nint third = 3 * pitch, ahead = pairs * 32 * TBlocks.Value;
        for (; pairs != 0; pairs--, weights += 32 * TBlocks.Value, rows += 2, lower += 2)
        {
            var w0 = Vector512.Load(weights);
            var w1 = TBlocks.Value > 1 ? Vector512.Load(weights + 32) : default;
            // Those of the next place.
            Sse.Prefetch0(weights + ahead);
            if (TBlocks.Value > 1) Sse.Prefetch0(weights + 32 + ahead);
            Add<TBlocks>(ref a0, ref a1, rows, w0, w1);
            if (TRows.Value > 1) Add<TBlocks>(ref b0, ref b1, rows + pitch, w0, w1);
            if (TRows.Value > 2) Add<TBlocks>(ref c0, ref c1, rows + 2 * pitch, w0, w1);
            if (TRows.Value > 3) Add<TBlocks>(ref d0, ref d1, rows + third, w0, w1);
            if (TRows.Value > 4) Add<TBlocks>(ref e0, ref e1, lower, w0, w1);
            if (TRows.Value > 5) Add<TBlocks>(ref f0, ref f1, lower + pitch, w0, w1);
            if (TRows.Value > 6) Add<TBlocks>(ref g0, ref g1, lower + 2 * pitch, w0, w1);
            if (TRows.Value > 7) Add<TBlocks>(ref h0, ref h1, lower + third, w0, w1);
        }
        Put<TRows, TBlocks>(sums, adds, a0, b0, c0, d0, e0, f0, g0, h0);
        if (TBlocks.Value > 1) Put<TRows, TBlocks>(sums + 16, adds, a1, b1, c1, d1, e1, f1, g1, h1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TBlocks>(ref Vector512<int> sum0, ref Vector512<int> sum1, short* pair, Vector512<short> w0, Vector512<short> w1) where TBlocks : struct, INumber
    {
        var two = Vector512.Create(*(int*)pair).AsInt16();
        sum0 += Avx512BW.MultiplyAddAdjacent(two, w0);
        if (TBlocks.Value > 1) sum1 += Avx512BW.MultiplyAddAdjacent(two, w1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TRows, TBlocks>(
        int* sums, bool adds, Vector512<int> a, Vector512<int> b, Vector512<int> c, Vector512<int> d, Vector512<int> e, Vector512<int> f, Vector512<int> g, Vector512<int> h)
        where TRows : struct, INumber where TBlocks : struct, INumber
    {
        nint next = 16 * TBlocks.Value;
        Put(sums, adds, a);
        if (TRows.Value > 1) Put(sums + next, adds, b);
        if (TRows.Value > 2) Put(sums + 2 * next, adds, c);
        if (TRows.Value > 3) Put(sums + 3 * next, adds, d);
        if (TRows.Value > 4) Put(sums + 4 * next, adds, e);
        if (TRows.Value > 5) Put(sums + 5 * next, adds, f);
        if (TRows.Value > 6) Put(sums + 6 * next, adds, g);
        if (TRows.Value > 7) Put(sums + 7 * next, adds, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(int* sums, bool adds, Vector512<int> sum)
    {
        if (adds) sum += Vector512.Load(sums);
        sum.Store(sums);
    }
}
