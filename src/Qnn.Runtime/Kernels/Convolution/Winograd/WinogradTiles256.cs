using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>How pairs of products of 16 bits are added to sums of 32.</summary>
internal interface IPairProducts
{
    /// <summary>The tier's name.</summary>
    static abstract string Name { get; }

    static abstract Vector256<int> Add(Vector256<int> sums, Vector256<short> a, Vector256<short> b);
}

/// <summary>AVX2: products and their addition are two instructions (vpmaddwd, vpaddd).</summary>
internal readonly struct Avx2PairProducts : IPairProducts
{
    public static string Name => "avx2";

    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> a, Vector256<short> b) => sums + Avx2.MultiplyAddAdjacent(a, b);
}

/// <summary>AVX-VNNI: they are one (vpdpwssd).</summary>
internal readonly struct AvxVnniPairProducts : IPairProducts
{
    public static string Name => "avxvnni";

    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> a, Vector256<short> b) => AvxVnni.MultiplyWideningAndAdd(sums, a, b);
}

/// <summary>Six rows of sixteen channels in twelve registers: eight loads for twelve products of sixteen.</summary>
internal readonly unsafe struct WinogradTiles256<TProducts> : IWinogradTiles<Vector256<short>> where TProducts : struct, IPairProducts
{
    public static string Name => TProducts.Name;
    public static int Count => 16;
    public static int Rows => 6;
    public static int Blocks => 1;

    public static Vector256<short> LoadBytes(byte* source) => Avx2.ConvertToVector256Int16(Vector128.Load(source));
    public static Vector256<short> PairShuffle(int second) => Vector256.Create(second == 0 ? WinogradTransform.FirstPairs : WinogradTransform.SecondPairs).AsInt16();
    public static Vector256<short> LoadPairs(sbyte* source, Vector256<short> shuffle) => Avx2.Shuffle(Vector256.Load(source), shuffle.AsSByte()).AsInt16() >> 8;
    public static Vector256<short> Create(short value) => Vector256.Create(value);
    public static Vector256<short> Load(short* source) => Vector256.Load(source);
    public static void Store(short* destination, Vector256<short> value) => value.Store(destination);
    public static Vector256<short> Add(Vector256<short> a, Vector256<short> b) => a + b;
    public static Vector256<short> Subtract(Vector256<short> a, Vector256<short> b) => a - b;
    public static Vector256<short> ShiftLeft(Vector256<short> value, int count) => value << count;

    public static void Multiply(short* rows, nint pitch, int count, short* weights, int blocks, nint pairs, int* sums, bool adds)
    {
        switch (count)
        {
            case 1: Multiply<One>(rows, pitch, weights, pairs, sums, adds); break;
            case 2: Multiply<Two>(rows, pitch, weights, pairs, sums, adds); break;
            case 3: Multiply<Three>(rows, pitch, weights, pairs, sums, adds); break;
            case 4: Multiply<Four>(rows, pitch, weights, pairs, sums, adds); break;
            case 5: Multiply<Five>(rows, pitch, weights, pairs, sums, adds); break;
            default: Multiply<Six>(rows, pitch, weights, pairs, sums, adds); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TRows>(short* rows, nint pitch, short* weights, nint pairs, int* sums, bool adds) where TRows : struct, INumber
    {
        Vector256<int> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        short* lower = rows + 3 * pitch;
        nint ahead = pairs * 32;
        for (; pairs != 0; pairs--, weights += 32, rows += 2, lower += 2)
        {
            var (low, high) = (Vector256.Load(weights), Vector256.Load(weights + 16));
            // Those of the next place.
            Sse.Prefetch0(weights + ahead);
            Add(ref a0, ref a1, rows, low, high);
            if (TRows.Value > 1) Add(ref b0, ref b1, rows + pitch, low, high);
            if (TRows.Value > 2) Add(ref c0, ref c1, rows + 2 * pitch, low, high);
            if (TRows.Value > 3) Add(ref d0, ref d1, lower, low, high);
            if (TRows.Value > 4) Add(ref e0, ref e1, lower + pitch, low, high);
            if (TRows.Value > 5) Add(ref f0, ref f1, lower + 2 * pitch, low, high);
        }
        Put(a0, a1, sums, adds);
        if (TRows.Value > 1) Put(b0, b1, sums + 16, adds);
        if (TRows.Value > 2) Put(c0, c1, sums + 32, adds);
        if (TRows.Value > 3) Put(d0, d1, sums + 48, adds);
        if (TRows.Value > 4) Put(e0, e1, sums + 64, adds);
        if (TRows.Value > 5) Put(f0, f1, sums + 80, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<int> sum0, ref Vector256<int> sum1, short* pair, Vector256<short> low, Vector256<short> high)
    {
        var two = Vector256.Create(*(int*)pair).AsInt16();
        sum0 = TProducts.Add(sum0, two, low);
        sum1 = TProducts.Add(sum1, two, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<int> low, Vector256<int> high, int* sums, bool adds)
    {
        if (adds)
        {
            low += Vector256.Load(sums);
            high += Vector256.Load(sums + 8);
        }
        low.Store(sums);
        high.Store(sums + 8);
    }
}
