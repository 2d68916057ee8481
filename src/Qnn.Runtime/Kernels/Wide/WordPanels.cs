using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Weights of 16 bits, [columns / 16][depth / 2][16][2], zeros where there are none, and sums of products of rows with them: exact in 32 bits where no product exceeds 2^22 and a call adds up no more than <see cref="Depth"/> of them.
/// </summary>
internal abstract unsafe class WordPanels
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 16;

    /// <summary>Products of a call: sums stay below 2^30.</summary>
    public const int Depth = 256;

    /// <summary>A depth made one of whole pairs.</summary>
    public static int PadDepth(int depth) => (depth + 1) / 2 * 2;

    /// <summary>A number of columns, made one of whole panels.</summary>
    public static int Pad(int columns) => (columns + Width - 1) / Width * Width;

    /// <summary>Makes the products for a tier.</summary>
    public static WordPanels Create(KernelTier tier) => tier switch
    {
        KernelTier.Scalar => new WordPanels<ScalarPair, int>(),
        KernelTier.Neon or KernelTier.NeonDot when AdvSimd.Arm64.IsSupported => new WordPanels<NeonPairs, Vector128<int>>(),
        _ when tier.HasAvx512() => CreateAvx512(),
        _ when Avx2.IsSupported => new WordPanels<Avx2Pairs, Vector256<int>>(),
        _ => new WordPanels<ScalarPair, int>(),
    };

    // Apart, since its types are loaded when a method that names them is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WordPanels CreateAvx512() => new WordPanels<Avx512Pairs, Vector512<int>>();

    /// <summary>sums[r, n] = the sum of rows[r, k] * weights[n, k] over an even number of k, for whole panels.</summary>
    /// <param name="rows">Rows of <paramref name="rowPitch"/> elements.</param>
    /// <param name="rowPitch">From row to row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="depth">Products of a sum, at most <see cref="Depth"/>.</param>
    /// <param name="weights">Where the first panel's products begin.</param>
    /// <param name="panelPitch">From panel to panel.</param>
    /// <param name="columns">Columns of whole panels.</param>
    /// <param name="sums">The sums, <paramref name="columns"/> a row.</param>
    public abstract void Multiply(short* rows, nint rowPitch, int count, int depth, short* weights, nint panelPitch, int columns, int* sums);
}

/// <summary>Vectors of pairs of 16-bit numbers.</summary>
internal unsafe interface IWordPairs<TInt> where TInt : unmanaged
{
    /// <summary>Pairs of a vector.</summary>
    static abstract int Count { get; }

    static abstract TInt Zero { get; }

    static abstract TInt Load(short* weights);

    /// <summary>sum + the products of one pair with each pair of the weights.</summary>
    static abstract TInt Add(TInt sum, short* pair, TInt weights);

    static abstract void Store(int* to, TInt sum);
}

/// <summary>In vectors of some pairs.</summary>
internal sealed unsafe class WordPanels<TPairs, TInt> : WordPanels where TPairs : struct, IWordPairs<TInt> where TInt : unmanaged
{
    // Registers for eight rows of two vectors.
    private static bool HasManyRegisters => TPairs.Count == 16;

    public override void Multiply(short* rows, nint rowPitch, int count, int depth, short* weights, nint panelPitch, int columns, int* sums)
    {
        int vectors = columns / TPairs.Count;
        for (int vector = 0; vector < vectors; vector += 2)
        {
            short* w0 = Vector(weights, panelPitch, vector), w1 = Vector(weights, panelPitch, Math.Min(vector + 1, vectors - 1));
            short* x = rows;
            int* to = sums + (nint)vector * TPairs.Count, to1 = sums + (nint)Math.Min(vector + 1, vectors - 1) * TPairs.Count;
            nint second = (nint)(to1 - to);
            int left = count;
            if (HasManyRegisters) for (; left >= 8; left -= 8, x += 8 * rowPitch, to += 8 * columns) Eight(x, rowPitch, depth, w0, w1, to, second, columns);
            for (; left >= 4; left -= 4, x += 4 * rowPitch, to += 4 * columns) Four(x, rowPitch, depth, w0, w1, to, second, columns);
            for (; left > 0; left--, x += rowPitch, to += columns) One(x, depth, w0, w1, to, second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static short* Vector(short* weights, nint panelPitch, int vector) => weights + vector * TPairs.Count / Width * panelPitch + vector * TPairs.Count % Width * 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Eight(short* x, nint rowPitch, int depth, short* w0, short* w1, int* to, nint second, int pitch)
    {
        TInt a0 = TPairs.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0, e0 = a0, e1 = a0, f0 = a0, f1 = a0, g0 = a0, g1 = a0, h0 = a0, h1 = a0;
        short* x3 = x + 3 * rowPitch, x6 = x + 6 * rowPitch;
        for (; depth > 0; depth -= 2, x += 2, x3 += 2, x6 += 2, w0 += 2 * Width, w1 += 2 * Width)
        {
            TInt low = TPairs.Load(w0), high = TPairs.Load(w1);
            Add(ref a0, ref a1, x, low, high);
            Add(ref b0, ref b1, x + rowPitch, low, high);
            Add(ref c0, ref c1, x + 2 * rowPitch, low, high);
            Add(ref d0, ref d1, x3, low, high);
            Add(ref e0, ref e1, x3 + rowPitch, low, high);
            Add(ref f0, ref f1, x3 + 2 * rowPitch, low, high);
            Add(ref g0, ref g1, x6, low, high);
            Add(ref h0, ref h1, x6 + rowPitch, low, high);
        }
        Store(a0, a1, to, second);
        Store(b0, b1, to += pitch, second);
        Store(c0, c1, to += pitch, second);
        Store(d0, d1, to += pitch, second);
        Store(e0, e1, to += pitch, second);
        Store(f0, f1, to += pitch, second);
        Store(g0, g1, to += pitch, second);
        Store(h0, h1, to + pitch, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Four(short* x, nint rowPitch, int depth, short* w0, short* w1, int* to, nint second, int pitch)
    {
        TInt a0 = TPairs.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
        short* x3 = x + 3 * rowPitch;
        for (; depth > 0; depth -= 2, x += 2, x3 += 2, w0 += 2 * Width, w1 += 2 * Width)
        {
            TInt low = TPairs.Load(w0), high = TPairs.Load(w1);
            Add(ref a0, ref a1, x, low, high);
            Add(ref b0, ref b1, x + rowPitch, low, high);
            Add(ref c0, ref c1, x + 2 * rowPitch, low, high);
            Add(ref d0, ref d1, x3, low, high);
        }
        Store(a0, a1, to, second);
        Store(b0, b1, to += pitch, second);
        Store(c0, c1, to += pitch, second);
        Store(d0, d1, to + pitch, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void One(short* x, int depth, short* w0, short* w1, int* to, nint second)
    {
        TInt a0 = TPairs.Zero, a1 = a0;
        for (; depth > 0; depth -= 2, x += 2, w0 += 2 * Width, w1 += 2 * Width) Add(ref a0, ref a1, x, TPairs.Load(w0), TPairs.Load(w1));
        Store(a0, a1, to, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref TInt sum0, ref TInt sum1, short* pair, TInt low, TInt high)
    {
        sum0 = TPairs.Add(sum0, pair, low);
        sum1 = TPairs.Add(sum1, pair, high);
    }

    // The second vector may be the first again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TInt sum0, TInt sum1, int* to, nint second)
    {
        TPairs.Store(to + second, sum1);
        TPairs.Store(to, sum0);
    }
}

/// <summary>One pair: the meaning of the others.</summary>
internal readonly unsafe struct ScalarPair : IWordPairs<int>
{
    public static int Count => 1;
    public static int Zero => 0;

    public static int Load(short* weights) => Unsafe.ReadUnaligned<int>(weights);

    public static int Add(int sum, short* pair, int weights) => sum + pair[0] * (short)weights + pair[1] * (weights >> 16);

    public static void Store(int* to, int sum) => *to = sum;
}

/// <summary>Eight pairs of AVX2.</summary>
internal readonly unsafe struct Avx2Pairs : IWordPairs<Vector256<int>>
{
    public static int Count => 8;
    public static Vector256<int> Zero => Vector256<int>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(short* weights) => Vector256.Load(weights).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, short* pair, Vector256<int> weights) => sum + Avx2.MultiplyAddAdjacent(Vector256.Create(*(int*)pair).AsInt16(), weights.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* to, Vector256<int> sum) => sum.Store(to);
}

/// <summary>Sixteen pairs of AVX-512.</summary>
internal readonly unsafe struct Avx512Pairs : IWordPairs<Vector512<int>>
{
    public static int Count => 16;
    public static Vector512<int> Zero => Vector512<int>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(short* weights) => Vector512.Load(weights).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<int> sum, short* pair, Vector512<int> weights) => sum + Avx512BW.MultiplyAddAdjacent(Vector512.Create(*(int*)pair).AsInt16(), weights.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* to, Vector512<int> sum) => sum.Store(to);
}

/// <summary>Four pairs of NEON.</summary>
internal readonly unsafe struct NeonPairs : IWordPairs<Vector128<int>>
{
    public static int Count => 4;
    public static Vector128<int> Zero => Vector128<int>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(short* weights) => Vector128.Load(weights).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> sum, short* pair, Vector128<int> weights)
    {
        Vector128<short> x = Vector128.Create(*(int*)pair).AsInt16(), w = weights.AsInt16();
        return sum + AdvSimd.Arm64.AddPairwise(AdvSimd.MultiplyWideningLower(x.GetLower(), w.GetLower()), AdvSimd.MultiplyWideningUpper(x, w));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* to, Vector128<int> sum) => sum.Store(to);
}
