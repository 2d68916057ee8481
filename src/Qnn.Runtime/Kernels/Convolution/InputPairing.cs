using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Another order of the inputs for each block of sixteen output channels, in which few pairs of neighbours can saturate vpmaddubsw (<see cref="PairSafety"/>):
/// inputs move within windows of sixteen, so that a byte shuffle puts activations into the order. A pair of weights can saturate in one case of twenty to a hundred, so some pair of a step does
/// in every second one or third; but among sixteen inputs there are nearly always eight pairs that do not, for all sixteen channels.
/// </summary>
internal sealed unsafe class InputPairing
{
    /// <summary>What putting activations in order costs a step, in single ones (<see cref="PairSafety.Cost"/>).</summary>
    public const double Cost = 1.0 / 12;

    private const int Window = 16;

    private readonly int _steps, _windows;
    private readonly byte[] _orders;
    private readonly sbyte[] _weights;

    /// <summary>Finds the orders for weights without remainders.</summary>
    public InputPairing(in ConvolutionGeometry g, in PackedWeights weights)
    {
        int blocks = checked(g.Groups * g.Blocks);
        (_steps, _windows) = (g.DepthSteps, (g.DepthSteps * 4 + Window - 1) / Window);
        _orders = GC.AllocateUninitializedArray<byte>(checked(blocks * _windows * Window), pinned: true);
        _weights = GC.AllocateUninitializedArray<sbyte>(checked(blocks * _steps * PackedWeights.StepBytes), pinned: true);
        var to = (sbyte*)Marshal.UnsafeAddrOfPinnedArrayElement(_weights, 0);
        for (int block = 0; block < blocks; block++)
        {
            for (int window = 0; window < _windows; window++)
            {
                nint offset = ((nint)block * _steps + window * (Window / 4)) * PackedWeights.StepBytes;
                Order(weights.Steps + offset, Math.Min(Window, _steps * 4 - window * Window), Orders(block) + (nint)window * Window, to + offset);
            }
        }
    }

    /// <summary>The weights in that order; they live as long as this does.</summary>
    public PackedWeights Weights => PackedWeights.Of((sbyte*)Marshal.UnsafeAddrOfPinnedArrayElement(_weights, 0));

    /// <summary>Bytes that may be overwritten behind the last row.</summary>
    public static int Slack => Window;

    /// <summary>Rows of activations, DepthSteps x 4 each, in the order of a block. Up to fifteen bytes behind the last are read where the depth is no multiple of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Rearrange(int block, byte* rows, int count, byte* to)
    {
        byte* orders = Orders(block);
        nint pitch = (nint)_steps * 4, end = (nint)_windows * Window;
        // Row by row, since a last window may reach into the next row.
        for (; count > 0; count--, rows += pitch, to += pitch)
        {
            nint at = 0;
            for (; at <= end - 2 * Window; at += 2 * Window) Avx2.Shuffle(Vector256.Load(rows + at), Vector256.Load(orders + at)).Store(to + at);
            if (at < end) Ssse3.Shuffle(Vector128.Load(rows + at), Vector128.Load(orders + at)).Store(to + at);
        }
    }

    private byte* Orders(int block) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_orders, block * _windows * Window);

    // The order of a window, and its weights in it: order[i] is the input at place i; pairs that can saturate come last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private static void Order(sbyte* weights, int inputs, byte* order, sbyte* to)
    {
        // Sixteen weights of each input, and the sizes of the positive and of the negative ones.
        short* words = stackalloc short[Window * 16];
        byte* sizes = stackalloc byte[Window * 32];
        for (int i = 0; i < inputs; i++)
        {
            sbyte* step = weights + i / 4 * PackedWeights.StepBytes;
            var left = Vector128.CreateScalar(24 - i % 4 * 8);
            var low = Avx2.ShiftRightArithmetic(Avx2.ShiftLeftLogical(Vector256.Load(step).AsInt32(), left), 24);
            var high = Avx2.ShiftRightArithmetic(Avx2.ShiftLeftLogical(Vector256.Load(step + 32).AsInt32(), left), 24);
            var sixteen = Avx2.PackSignedSaturate(low, high);
            sixteen.Store(words + i * 16);
            Avx2.PackUnsignedSaturate(sixteen, -sixteen).Store(sizes + i * 32);
        }
        ushort* partners = stackalloc ushort[Window];
        FindPartners(sizes, inputs, partners);
        sbyte* mates = stackalloc sbyte[Window];
        Match(partners, inputs, mates);
        int place = 0;
        for (int i = 0; i < inputs; i++)
        {
            if (mates[i] <= i) continue;
            order[place++] = (byte)i;
            order[place++] = (byte)mates[i];
        }
        for (int i = 0; i < inputs; i++) if (mates[i] < 0) order[place++] = (byte)i;
        for (int i = inputs; i < Window; i++) order[i] = (byte)i;
        for (int i = 0; i < inputs; i += 4, to += PackedWeights.StepBytes)
        {
            var first = Two(words, order[i], order[i + 1]);
            var second = Two(words, order[i + 2], order[i + 3]);
            Avx2.UnpackLow(first, second).AsSByte().Store(to);
            Avx2.UnpackHigh(first, second).AsSByte().Store(to + 32);
        }
    }

    // Two inputs' weights side by side as bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Two(short* words, int first, int second) =>
        Vector256.Load(words + first * 16) & Vector256.Create((short)0xFF) | Vector256.Load(words + second * 16) << 8;

    // For each input of a window, which others it can be paired with: the positive weights of each channel sum to 128 at most, the negative ones to -128 at least.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FindPartners(byte* sizes, int inputs, ushort* partners)
    {
        var most = Vector256.Create((byte)128);
        for (int i = 0; i < inputs; i++) partners[i] = 0;
        for (int i = 0; i < inputs; i++)
        {
            var mine = Vector256.Load(sizes + i * 32);
            uint fit = 0;
            for (int j = i + 1; j < inputs; j++)
            {
                var excess = Avx2.SubtractSaturate(Avx2.AddSaturate(mine, Vector256.Load(sizes + j * 32)), most);
                uint fits = Avx.TestZ(excess, excess) ? 1u : 0;
                fit |= fits << j;
                partners[j] |= (ushort)(fits << i);
            }
            partners[i] |= (ushort)fit;
        }
    }

    // Pairs the input with the fewest partners left with that one of them that has the fewest; then each two inputs left take a pair apart where both of it fit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Match(ushort* partners, int inputs, sbyte* mates)
    {
        for (int i = 0; i < inputs; i++) mates[i] = -1;
        uint free = (uint)((1 << inputs) - 1);
        while (Fewest(partners, free, free) is var first and >= 0)
        {
            int second = Fewest(partners, partners[first] & free, free);
            Join(mates, first, second);
            free &= ~(1u << first | 1u << second);
        }
        for (uint left = free; left != 0; left &= left - 1)
        {
            int a = BitOperations.TrailingZeroCount(left);
            for (uint others = left & (left - 1); others != 0; others &= others - 1)
            {
                int b = BitOperations.TrailingZeroCount(others);
                int between = Between(partners[a] & ~free, partners[b], mates);
                if (between < 0) continue;
                Join(mates, b, mates[between]);
                Join(mates, a, between);
                free &= ~(1u << a | 1u << b);
                left &= ~(1u << b);
                break;
            }
        }
    }

    // Of some inputs, the one with the fewest free partners, but one at least; -1 if there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Fewest(ushort* partners, uint among, uint free)
    {
        // The count and the input in one number, without branches that none could predict.
        uint best = uint.MaxValue;
        for (; among != 0; among &= among - 1)
        {
            uint i = (uint)BitOperations.TrailingZeroCount(among);
            best = Math.Min(best, ((uint)BitOperations.PopCount(partners[i] & free) - 1) * Window + i);
        }
        return best < Window * Window ? (int)(best % Window) : -1;
    }

    // One of some paired inputs whose mate is among others.
    private static int Between(uint some, uint others, sbyte* mates)
    {
        for (; some != 0; some &= some - 1)
        {
            int i = BitOperations.TrailingZeroCount(some);
            if ((others >> mates[i] & 1) != 0) return i;
        }
        return -1;
    }

    private static void Join(sbyte* mates, int a, int b) => (mates[a], mates[b]) = ((sbyte)b, (sbyte)a);
}
