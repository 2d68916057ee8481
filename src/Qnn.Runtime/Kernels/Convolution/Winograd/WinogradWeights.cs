using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>The weights of a convolution of 3 x 3, transformed, of 16 bits: for each few blocks of sixteen outputs, [36 places][inputs / 2][blocks][16][2]. Made when a kernel is: they have eight times the bytes of those in the artifact.</summary>
internal sealed unsafe class WinogradWeights
{
    // Two inputs of sixteen outputs.
    private const int PairNumbers = 32;

    private readonly short[] _weights;
    private readonly nint _inputs;

    /// <summary>Transforms the weights of one group of channels.</summary>
    /// <param name="g">The layer.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="together">Blocks that are multiplied together.</param>
    public WinogradWeights(in ConvolutionGeometry g, in PackedWeights weights, int together)
    {
        _inputs = g.GroupInputs;
        _weights = GC.AllocateUninitializedArray<short>(checked((int)Elements(g)), pinned: true);
        for (int block = 0; block < g.Blocks; block++)
        {
            int first = block / together * together;
            Transform(weights.Block(g, 0, block).Steps, (int)_inputs, this[first] + (block - first) * PairNumbers, Math.Min(together, g.Blocks - first));
        }
    }

    /// <summary>The weights of the blocks that begin with this one, which are multiplied together.</summary>
    public short* this[int block] => (short*)Marshal.UnsafeAddrOfPinnedArrayElement(_weights, 0) + (nint)block * WinogradTransform.Places * _inputs * 16;

    /// <summary>How many numbers they are.</summary>
    public static long Elements(in ConvolutionGeometry g) => (long)g.Blocks * WinogradTransform.Places * g.GroupInputs * 16;

    // Two inputs of eight outputs at a time, which lie in a vector as they are stored.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform(sbyte* steps, int inputs, short* to, int blocks)
    {
        short* columns = stackalloc short[6 * 3 * 16];
        for (int input = 0; input < inputs; input += 2)
        {
            for (int half = 0; half < 2; half++)
            {
                sbyte* from = steps + (nint)(input / 4) * PackedWeights.StepBytes + half * 32;
                nint tap = (nint)(inputs / 4) * PackedWeights.StepBytes;
                int shift = input % 4 * 8;
                for (int x = 0; x < 3; x++)
                {
                    Spread(Pair(from + x * tap, shift), Pair(from + (3 + x) * tap, shift), Pair(from + (6 + x) * tap, shift), columns + x * 16, 3 * 16);
                }
                for (int y = 0; y < 6; y++)
                {
                    short* line = columns + y * 3 * 16;
                    Spread(Vector256.Load(line), Vector256.Load(line + 16), Vector256.Load(line + 32), to + ((nint)y * 6 * inputs + input) * 16 * blocks + half * 16, (nint)inputs * 16 * blocks);
                }
            }
        }
    }

    // Two neighbouring bytes of each of eight groups of four, as numbers of 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(sbyte* step, int shift)
    {
        var four = Vector256.Load(step).AsInt32() >>> shift;
        return (((four << 24 >> 24) & Vector256.Create(0xFFFF)) | (four << 16 >> 24 << 16)).AsInt16();
    }

    // G.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector256<short> a, Vector256<short> b, Vector256<short> c, short* to, nint step)
    {
        var outer = a + c;
        var wide = a + (c << 2);
        var twice = b + b;
        ((a << 2) + a + a).Store(to);
        (-outer - b).Store(to + step);
        (b - outer).Store(to + 2 * step);
        (wide + twice).Store(to + 3 * step);
        (wide - twice).Store(to + 4 * step);
        (c + c + c).Store(to + 5 * step);
    }
}
