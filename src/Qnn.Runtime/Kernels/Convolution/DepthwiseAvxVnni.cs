using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Four taps a product (vpdpbusd). A window of 3 x 3 is three columns of three taps and an empty place; a column that the next pixel's window has too is interleaved once for both.
/// Sixteen channels with a weight beyond a signed byte are multiplied in 16 bits, as <see cref="DepthwiseAvx2"/> does.
/// </summary>
internal sealed unsafe class DepthwiseAvxVnni : DepthwiseKernel
{
    private const int GroupBytes = 64;

    private readonly int _groups;
    private readonly byte[] _bytes;
    private readonly bool[] _fits;

    /// <summary>Makes the kernel of a step.</summary>
    public DepthwiseAvxVnni(StepInfo step) : base(step, "avxvnni", EpilogueAvx2.For((RequantizeArithmetic)step.ReadParameters<ConvolutionParameters>().Epilogue.Arithmetic))
    {
        _groups = IsThreeByThree ? 3 : (Taps + 3) / 4;
        _bytes = GC.AllocateArray<byte>(checked(Blocks * _groups * GroupBytes), pinned: true);
        _fits = new bool[Blocks];
        for (int block = 0; block < Blocks; block++) _fits[block] = TryPack(Weights(block), _bytes.AsSpan(block * _groups * GroupBytes));
    }

    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        int block = channel / 16;
        var bytes = (sbyte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, block * _groups * GroupBytes);
        if (!_fits[block]) DepthwiseAvx2.Accumulate(taps, pixels, Taps, tapPairs, channel, weights, sums);
        else if (IsThreeByThree) AccumulateColumns(taps, pixels, SharedColumns, channel, bytes, sums);
        else AccumulateAny(taps, pixels, tapPairs, channel, bytes, sums);
    }

    // The order of Interleave: channels 0 to 3 and 8 to 11, then the others, four bytes each.
    private bool TryPack(short* weights, Span<byte> bytes)
    {
        for (int tap = 0; tap < Taps; tap++)
        {
            int group = IsThreeByThree ? tap % 3 : tap / 4, place = IsThreeByThree ? tap / 3 : tap % 4;
            for (int n = 0; n < 16; n++)
            {
                int weight = weights[(tap / 2 * 16 + n) * 2 + tap % 2];
                if (weight is < sbyte.MinValue or > sbyte.MaxValue) return false;
                bytes[group * GroupBytes + n / 4 % 2 * 32 + n / 8 * 16 + n % 4 * 4 + place] = (byte)weight;
            }
        }
        return true;
    }

    /// <summary>Windows of 3 x 3; <paramref name="shared"/> columns are the next pixel's too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateColumns(byte** taps, int pixels, int shared, int channel, sbyte* weights, int* sums)
    {
        var (l0, h0) = (Vector256.Load(weights), Vector256.Load(weights + 32));
        var (l1, h1) = (Vector256.Load(weights + 64), Vector256.Load(weights + 96));
        var (l2, h2) = (Vector256.Load(weights + 128), Vector256.Load(weights + 160));
        var (left, leftHigh) = Column(taps, channel);
        var (middle, middleHigh) = Column(taps + 1, channel);
        for (; pixels > 0; pixels--, taps += 10, sums += 16)
        {
            if (shared == 0) (left, leftHigh) = Column(taps, channel);
            if (shared != 2) (middle, middleHigh) = Column(taps + 1, channel);
            var (right, rightHigh) = Column(taps + 2, channel);
            var low = AvxVnni.MultiplyWideningAndAdd(Vector256<int>.Zero, left, l0);
            var high = AvxVnni.MultiplyWideningAndAdd(Vector256<int>.Zero, leftHigh, h0);
            low = AvxVnni.MultiplyWideningAndAdd(low, middle, l1);
            high = AvxVnni.MultiplyWideningAndAdd(high, middleHigh, h1);
            low = AvxVnni.MultiplyWideningAndAdd(low, right, l2);
            high = AvxVnni.MultiplyWideningAndAdd(high, rightHigh, h2);
            Store(low, high, sums);
            (left, leftHigh) = shared == 2 ? (middle, middleHigh) : (right, rightHigh);
            (middle, middleHigh) = (right, rightHigh);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(byte** taps, int pixels, int tapPairs, int channel, sbyte* weights, int* sums)
    {
        for (; pixels > 0; pixels--, sums += 16)
        {
            Vector256<int> low = default, high = default;
            sbyte* w = weights;
            for (int pairs = tapPairs; pairs > 0; pairs -= 2, w += GroupBytes)
            {
                // The last pair alone is taken twice, the second time with weights of zero.
                byte** others = pairs > 1 ? taps + 2 : taps;
                var (l, h) = Interleave(taps[0] + channel, taps[1] + channel, others[0] + channel, others[1] + channel);
                low = AvxVnni.MultiplyWideningAndAdd(low, l, Vector256.Load(w));
                high = AvxVnni.MultiplyWideningAndAdd(high, h, Vector256.Load(w + 32));
                taps = others + 2;
            }
            Store(low, high, sums);
        }
    }

    // The fourth place's weight is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Low, Vector256<byte> High) Column(byte** taps, int channel) =>
        Interleave(taps[0] + channel, taps[3] + channel, taps[6] + channel, taps[6] + channel);

    // Four taps of sixteen channels, the taps of a channel side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Low, Vector256<byte> High) Interleave(byte* first, byte* second, byte* third, byte* fourth)
    {
        var upper = Avx2.UnpackLow(Halves(first), Halves(second)).AsInt16();
        var lower = Avx2.UnpackLow(Halves(third), Halves(fourth)).AsInt16();
        return (Avx2.UnpackLow(upper, lower).AsByte(), Avx2.UnpackHigh(upper, lower).AsByte());
    }

    // Eight channels at the start of each lane. Eight bytes beyond the sixteen are read, of memory that the session has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Halves(byte* channels) => Vector256.Create(Vector128.Load(channels), Vector128.Load(channels + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> low, Vector256<int> high, int* sums)
    {
        Avx2.Permute2x128(low, high, 0x20).Store(sums);
        Avx2.Permute2x128(low, high, 0x31).Store(sums + 8);
    }
}
