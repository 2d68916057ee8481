using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// The weights of a convolution of 3 x 3, transformed, of 16 bits: for some blocks of sixteen outputs and some inputs, [36 places][inputs / 2][blocks][16][2], with <see cref="Padding"/> after each place.
/// Places are ordered by <see cref="WinogradItem.Places"/>. Transformed weights have eight times the bytes of those in the artifact: a few are kept, others are transformed whenever they are needed
/// (<see cref="WinogradTransform.KeepsWeights"/>).
/// </summary>
internal sealed unsafe class WinogradWeights<TTiles, TShort>
    where TTiles : struct, IWinogradTiles<TShort>
    where TShort : unmanaged
{
    // Numbers between places, see WinogradLayout.
    private const int Padding = WinogradTransform.WeightPadding;

    // Inputs whose weights are transformed together, which then are in the second-level cache.
    private const int WantedInputs = 128;

    // Of a line of the cache.
    private const int LineNumbers = 64 / sizeof(short);

    // Two inputs of sixteen outputs.
    private const int PairNumbers = 32;

    private readonly ConvolutionGeometry _g;
    private readonly PackedWeights _weights;
    private readonly int _together;
    private readonly short[]? _kept;

    /// <summary>Those of a layer of one group, of which so many blocks are multiplied together.</summary>
    public WinogradWeights(in ConvolutionGeometry g, in PackedWeights weights, int together)
    {
        (_g, _weights, _together) = (g, weights, together);
        Parts = (g.GroupInputs + WantedInputs - 1) / WantedInputs;
        PartInputs = (g.GroupInputs / 16 + Parts - 1) / Parts * 16;
        Parts = (g.GroupInputs + PartInputs - 1) / PartInputs;
        if (!WinogradTransform.KeepsWeights(g)) return;
        _kept = GC.AllocateUninitializedArray<short>(checked((int)(Elements * Parts * ((g.Blocks + together - 1) / together))) + LineNumbers, pinned: true);
        for (int block = 0; block < g.Blocks; block += together)
        {
            for (int part = 0; part < Parts; part++) Transform(block, part, Kept(block, part));
        }
    }

    /// <summary>Parts that the inputs are divided into.</summary>
    public int Parts { get; }

    /// <summary>Inputs of a part; the last one may have fewer.</summary>
    public int PartInputs { get; }

    /// <summary>Numbers that <see cref="Get"/> needs room for.</summary>
    public nint ScratchElements => _kept is null ? Elements : 0;

    // Of the blocks of a part.
    private nint Elements => WinogradTransform.Places * ((nint)PartInputs * 16 * _together + Padding);

    /// <summary>Inputs of one of <see cref="Parts"/>.</summary>
    public int InputsOf(int part) => Math.Min(PartInputs, _g.GroupInputs - part * PartInputs);

    /// <summary>The weights of a part of the inputs of the blocks that begin with this one, which may be put into <paramref name="scratch"/>.</summary>
    public short* Get(int block, int part, short* scratch)
    {
        if (_kept is not null) return Kept(block, part);
        Transform(block, part, scratch);
        return scratch;
    }

    // From where a line of the cache begins: loads that cross one take twice as long.
    private short* Kept(int block, int part)
    {
        nint begin = Marshal.UnsafeAddrOfPinnedArrayElement(_kept!, 0);
        return (short*)((begin + 63) & ~63) + (block / _together * Parts + part) * Elements;
    }

    private void Transform(int first, int part, short* to)
    {
        int blocks = Math.Min(_together, _g.Blocks - first), inputs = InputsOf(part);
        for (int block = 0; block < blocks; block++)
        {
            sbyte* steps = _weights.Block(_g, 0, first + block).Steps + (nint)part * PartInputs / 4 * PackedWeights.StepBytes;
            Transform(steps, (nint)_g.GroupInputs / 4 * PackedWeights.StepBytes, inputs / 4, to + block * PairNumbers, blocks);
        }
    }

    // G of both axes, of two inputs of some outputs at a time, which lie in a vector as they are stored.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform(sbyte* steps, nint tap, int count, short* to, int blocks)
    {
        nint pair = (nint)blocks * PairNumbers, place = pair * 2 * count + Padding;
        for (int step = 0; step < count; step++, steps += PackedWeights.StepBytes)
        {
            for (int second = 0; second < 2; second++, to += pair)
            {
                var pairs = TTiles.PairShuffle(second);
                for (int part = 0; part < PairNumbers; part += TTiles.Count)
                {
                    // By name, and the columns in halves, so that all stay in registers where there are 32.
                    sbyte* of = steps + 2 * part;
                    TShort x0 = TTiles.LoadPairs(of, pairs), y0 = TTiles.LoadPairs(of + 3 * tap, pairs), z0 = TTiles.LoadPairs(of + 6 * tap, pairs);
                    TShort x1 = TTiles.LoadPairs(of + tap, pairs), y1 = TTiles.LoadPairs(of + 4 * tap, pairs), z1 = TTiles.LoadPairs(of + 7 * tap, pairs);
                    TShort x2 = TTiles.LoadPairs(of + 2 * tap, pairs), y2 = TTiles.LoadPairs(of + 5 * tap, pairs), z2 = TTiles.LoadPairs(of + 8 * tap, pairs);
                    var (a0, b0, c0) = Upper(x0, y0, z0);
                    var (a1, b1, c1) = Upper(x1, y1, z1);
                    var (a2, b2, c2) = Upper(x2, y2, z2);
                    StoreLine(a0, a1, a2, to + part, place, to + 25 * place + part);
                    StoreLine(b0, b1, b2, to + 5 * place + part, place, to + 26 * place + part);
                    StoreLine(c0, c1, c2, to + 10 * place + part, place, to + 27 * place + part);
                    var (d0, e0, f0) = Lower(x0, y0, z0);
                    var (d1, e1, f1) = Lower(x1, y1, z1);
                    var (d2, e2, f2) = Lower(x2, y2, z2);
                    StoreLine(d0, d1, d2, to + 15 * place + part, place, to + 28 * place + part);
                    StoreLine(e0, e1, e2, to + 20 * place + part, place, to + 29 * place + part);
                    StoreLine(f0, f1, f2, to + 30 * place + part, place, to + 35 * place + part);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLine(TShort a, TShort b, TShort c, short* to, nint place, short* sixth)
    {
        var (p, q, r) = Upper(a, b, c);
        TTiles.Store(to, p);
        TTiles.Store(to + place, q);
        TTiles.Store(to + 2 * place, r);
        (p, q, r) = Lower(a, b, c);
        TTiles.Store(to + 3 * place, p);
        TTiles.Store(to + 4 * place, q);
        TTiles.Store(sixth, r);
    }

    // 6 0 0 | 1 1 1 | 1 -1 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort A, TShort B, TShort C) Upper(TShort a, TShort b, TShort c)
    {
        var outer = TTiles.Add(a, c);
        return (TTiles.Add(TTiles.Add(a, a), TTiles.ShiftLeft(a, 2)), TTiles.Add(outer, b), TTiles.Subtract(outer, b));
    }

    // 1 2 4 | 0 0 3 | 1 -2 4
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort D, TShort E, TShort F) Lower(TShort a, TShort b, TShort c)
    {
        var even = TTiles.Add(a, TTiles.ShiftLeft(c, 2));
        var odd = TTiles.Add(b, b);
        return (TTiles.Add(even, odd), TTiles.Add(c, TTiles.Add(c, c)), TTiles.Subtract(even, odd));
    }
}
