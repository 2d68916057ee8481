using System.Runtime.CompilerServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>What becomes of the sums of fused products.</summary>
internal enum SumsMode
{
    /// <summary>The first run's sums are the result; those of others are added to it.</summary>
    Begin,
    /// <summary>All runs' sums are added to the result.</summary>
    Add,
    /// <summary>Products join what is there one by one; there is one run.</summary>
    Continue,
}

/// <summary>
/// Float weights of a recurrent layer, [columns / 16][depth][16], zeros behind the last column, and the products of states with them: fused, in the order of depth, in runs.
/// Columns lie in panels since a row apart, often a multiple of 4 KB, they would fall into the same few sets of the cache.
/// </summary>
internal abstract unsafe class FloatPanels
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 16;

    /// <summary>A number of columns, made one of whole panels.</summary>
    public static int Pad(int columns) => (columns + Width - 1) / Width * Width;

    /// <summary>Makes the products for a tier.</summary>
    public static FloatPanels Create(KernelTier tier, float* weights, int depth) => tier.Create<Factory, FloatPanels>(new Factory(weights, depth));

    /// <summary>result[r, n - first] = the sums of rows[r, k] * weights[k, n], for n from <paramref name="first"/>, a panel's first column, on.</summary>
    /// <param name="rows">Rows of <paramref name="rowPitch"/> elements.</param>
    /// <param name="rowPitch">From row to row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="first">The first column.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="result">The first result. Rows have room for whole panels.</param>
    /// <param name="pitch">From row to row of results.</param>
    /// <param name="run">Products of a run.</param>
    /// <param name="mode">What becomes of the sums.</param>
    public abstract void Multiply(float* rows, nint rowPitch, int count, int first, int columns, float* result, nint pitch, int run, SumsMode mode);

    private readonly struct Factory(float* weights, int depth) : ILaneFactory<FloatPanels>
    {
        private readonly float* _weights = weights;

        public FloatPanels Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => new FloatPanels<TLanes, TInt, TFloat>(_weights, depth);
    }
}

/// <summary>In vectors of some lanes.</summary>
internal sealed unsafe class FloatPanels<TLanes, TInt, TFloat>(float* weights, int depth) : FloatPanels
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private readonly float* _weights = weights;

    // Registers for eight rows of two vectors.
    private static bool HasManyRegisters => TLanes.Count == 16;

    public override void Multiply(float* rows, nint rowPitch, int count, int first, int columns, float* result, nint pitch, int run, SumsMode mode)
    {
        // The weights of some columns serve all rows before the next are taken.
        int vectors = (columns + TLanes.Count - 1) / TLanes.Count, atOnce = count < 4 ? 4 : 2;
        for (int vector = 0; vector < vectors; vector += atOnce)
        {
            int behind = Math.Min(vector + atOnce, vectors);
            for (int from = 0, products; from < depth; from += products)
            {
                products = Math.Min(run, depth - from);
                var part = mode == SumsMode.Begin && from > 0 ? SumsMode.Add : mode;
                float* w = _weights + (nint)first * depth + (nint)from * Width, x = rows + from, to = result;
                int left = count;
                if (HasManyRegisters)
                {
                    for (; left >= 8; left -= 8, x += 8 * rowPitch, to += 8 * pitch) Eight(x, rowPitch, products, w, vector, behind, to, pitch, part);
                }
                for (; left >= 4; left -= 4, x += 4 * rowPitch, to += 4 * pitch) Four(x, rowPitch, products, w, vector, behind, to, pitch, part);
                for (; left > 0; left--, x += rowPitch, to += pitch) One(x, products, w, vector, behind, to, part);
            }
        }
    }

    // A vector's place: in the weights, and as a column. The last one's where there is none; then it is computed again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Vector(float* w, int vector, int behind, out int column)
    {
        column = Math.Min(vector, behind - 1) * TLanes.Count;
        return w + (nint)(column / Width) * depth * Width + column % Width;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Eight(float* x, nint rowPitch, int products, float* w, int vector, int behind, float* to, nint pitch, SumsMode mode)
    {
        float* w0 = Vector(w, vector, behind, out int n0), w1 = Vector(w, vector + 1, behind, out int n1), x3 = x + 3 * rowPitch, x6 = x + 6 * rowPitch;
        float* to0 = to + n0, to1 = to + n1;
        TFloat a0 = Start(to0, mode), a1 = Start(to1, mode), b0 = Start(to0 + pitch, mode), b1 = Start(to1 + pitch, mode);
        TFloat c0 = Start(to0 + 2 * pitch, mode), c1 = Start(to1 + 2 * pitch, mode), d0 = Start(to0 + 3 * pitch, mode), d1 = Start(to1 + 3 * pitch, mode);
        TFloat e0 = Start(to0 + 4 * pitch, mode), e1 = Start(to1 + 4 * pitch, mode), f0 = Start(to0 + 5 * pitch, mode), f1 = Start(to1 + 5 * pitch, mode);
        TFloat g0 = Start(to0 + 6 * pitch, mode), g1 = Start(to1 + 6 * pitch, mode), h0 = Start(to0 + 7 * pitch, mode), h1 = Start(to1 + 7 * pitch, mode);
        for (; products != 0; products--, x++, x3++, x6++, w0 += Width, w1 += Width)
        {
            TFloat low = TLanes.LoadFloat(w0), high = TLanes.LoadFloat(w1);
            Add(ref a0, ref a1, x, low, high);
            Add(ref b0, ref b1, x + rowPitch, low, high);
            Add(ref c0, ref c1, x + 2 * rowPitch, low, high);
            Add(ref d0, ref d1, x3, low, high);
            Add(ref e0, ref e1, x3 + rowPitch, low, high);
            Add(ref f0, ref f1, x3 + 2 * rowPitch, low, high);
            Add(ref g0, ref g1, x6, low, high);
            Add(ref h0, ref h1, x6 + rowPitch, low, high);
        }
        bool isPair = n1 != n0;
        Put(a0, a1, to, n0, isPair, mode);
        Put(b0, b1, to += pitch, n0, isPair, mode);
        Put(c0, c1, to += pitch, n0, isPair, mode);
        Put(d0, d1, to += pitch, n0, isPair, mode);
        Put(e0, e1, to += pitch, n0, isPair, mode);
        Put(f0, f1, to += pitch, n0, isPair, mode);
        Put(g0, g1, to += pitch, n0, isPair, mode);
        Put(h0, h1, to + pitch, n0, isPair, mode);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Four(float* x, nint rowPitch, int products, float* w, int vector, int behind, float* to, nint pitch, SumsMode mode)
    {
        float* w0 = Vector(w, vector, behind, out int n0), w1 = Vector(w, vector + 1, behind, out int n1), x3 = x + 3 * rowPitch;
        float* to0 = to + n0, to1 = to + n1;
        TFloat a0 = Start(to0, mode), a1 = Start(to1, mode), b0 = Start(to0 + pitch, mode), b1 = Start(to1 + pitch, mode);
        TFloat c0 = Start(to0 + 2 * pitch, mode), c1 = Start(to1 + 2 * pitch, mode), d0 = Start(to0 + 3 * pitch, mode), d1 = Start(to1 + 3 * pitch, mode);
        for (; products != 0; products--, x++, x3++, w0 += Width, w1 += Width)
        {
            TFloat low = TLanes.LoadFloat(w0), high = TLanes.LoadFloat(w1);
            Add(ref a0, ref a1, x, low, high);
            Add(ref b0, ref b1, x + rowPitch, low, high);
            Add(ref c0, ref c1, x + 2 * rowPitch, low, high);
            Add(ref d0, ref d1, x3, low, high);
        }
        bool isPair = n1 != n0;
        Put(a0, a1, to, n0, isPair, mode);
        Put(b0, b1, to += pitch, n0, isPair, mode);
        Put(c0, c1, to += pitch, n0, isPair, mode);
        Put(d0, d1, to + pitch, n0, isPair, mode);
    }

    // Of a row, up to four vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void One(float* x, int products, float* w, int vector, int behind, float* to, SumsMode mode)
    {
        float* w0 = Vector(w, vector, behind, out int n0), w1 = Vector(w, vector + 1, behind, out int n1), w2 = Vector(w, vector + 2, behind, out int n2), w3 = Vector(w, vector + 3, behind, out int n3);
        TFloat a0 = Start(to + n0, mode), a1 = Start(to + n1, mode), a2 = Start(to + n2, mode), a3 = Start(to + n3, mode);
        for (; products != 0; products--, x++, w0 += Width, w1 += Width, w2 += Width, w3 += Width)
        {
            var v = TLanes.Create(*x);
            a0 = TLanes.MultiplyAdd(v, TLanes.LoadFloat(w0), a0);
            a1 = TLanes.MultiplyAdd(v, TLanes.LoadFloat(w1), a1);
            a2 = TLanes.MultiplyAdd(v, TLanes.LoadFloat(w2), a2);
            a3 = TLanes.MultiplyAdd(v, TLanes.LoadFloat(w3), a3);
        }
        Put(a0, a1, to, n0, n1 != n0, mode);
        if (n2 != n1) Put(a2, a3, to, n2, n3 != n2, mode);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref TFloat sum0, ref TFloat sum1, float* x, TFloat low, TFloat high)
    {
        // Read where it is spread, in one load.
        var v = TLanes.Create(*x);
        sum0 = TLanes.MultiplyAdd(v, low, sum0);
        sum1 = TLanes.MultiplyAdd(v, high, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloat Start(float* from, SumsMode mode) => mode == SumsMode.Continue ? TLanes.LoadFloat(from) : TLanes.Create(0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TFloat sum0, TFloat sum1, float* to, int column, bool isPair, SumsMode mode)
    {
        Put(sum0, to + column, mode);
        if (isPair) Put(sum1, to + column + TLanes.Count, mode);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TFloat sum, float* to, SumsMode mode) => TLanes.StoreFloat(to, mode == SumsMode.Add ? TLanes.Add(TLanes.LoadFloat(to), sum) : sum);
}
