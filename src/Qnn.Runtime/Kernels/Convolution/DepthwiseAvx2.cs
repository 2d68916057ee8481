using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Two taps a product (vpmaddwd). In windows of 3 x 3 two taps of a column are interleaved once for all outputs that see them.</summary>
internal sealed unsafe class DepthwiseAvx2(StepInfo step) : DepthwiseKernel(step, "avx2", ForArithmetic(step))
{
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        if (IsThreeByThree && SharedColumns > 0) AccumulateColumns(taps, pixels, SharedColumns == 2, channel, weights, sums);
        else Accumulate(taps, pixels, Taps, tapPairs, channel, weights, sums);
    }

    /// <summary>The sums of sixteen channels, for windows of <paramref name="count"/> taps.</summary>
    public static void Accumulate(byte** taps, int pixels, int count, int tapPairs, int channel, short* weights, int* sums)
    {
        if (count == 9)
        {
            AccumulateNine(taps, pixels, channel, weights, sums);
            return;
        }
        for (int half = 0; half < 2; half++) AccumulateAny(taps, pixels, tapPairs, channel + half * 8, weights + half * 16, sums + half * 8);
    }

    private static EpilogueStore ForArithmetic(StepInfo step) => EpilogueAvx2.For((RequantizeArithmetic)step.ReadParameters<ConvolutionParameters>().Epilogue.Arithmetic);

    // Sixteen channels: interleaving words of two taps gives channels 0 to 3 and 8 to 11 in one vector, the others in a second.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateNine(byte** taps, int pixels, int channel, short* weights, int* sums)
    {
        var (l0, h0) = Order(Pairs(weights), Pairs(weights + 16));
        var (l1, h1) = Order(Pairs(weights + 32), Pairs(weights + 48));
        var (l2, h2) = Order(Pairs(weights + 64), Pairs(weights + 80));
        var (l3, h3) = Order(Pairs(weights + 96), Pairs(weights + 112));
        var (l4, h4) = Order(Pairs(weights + 128), Pairs(weights + 144));
        for (; pixels > 0; pixels--, taps += 10, sums += 16)
        {
            var (a, b) = (Widen(taps[0] + channel), Widen(taps[1] + channel));
            var low = Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), l0);
            var high = Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), h0);
            (a, b) = (Widen(taps[2] + channel), Widen(taps[3] + channel));
            low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), l1);
            high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), h1);
            (a, b) = (Widen(taps[4] + channel), Widen(taps[5] + channel));
            low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), l2);
            high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), h2);
            (a, b) = (Widen(taps[6] + channel), Widen(taps[7] + channel));
            low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), l3);
            high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), h3);
            a = Widen(taps[8] + channel);
            low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, a), l4);
            high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, a), h4);
            low.GetLower().Store(sums);
            high.GetLower().Store(sums + 4);
            low.GetUpper().Store(sums + 8);
            high.GetUpper().Store(sums + 12);
        }
    }

    /// <summary>
    /// Windows of 3 x 3, whose last two columns are the next window's first two, or whose last one is its first. Upper and middle taps of a column are one product;
    /// of the lower line the first two are one, and the last is half of the pair that the next window begins with.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateColumns(byte** taps, int pixels, bool sharesTwo, int channel, short* weights, int* sums)
    {
        Vector256<int> even = Vector256.Create(0xFFFF), odd = ~even;
        var (a0, b0, c0, d0, e0) = (Pairs(weights), Pairs(weights + 32), Pairs(weights + 64), Pairs(weights + 96), Pairs(weights + 128));
        var (a1, b1, c1, d1, e1) = (Pairs(weights + 16), Pairs(weights + 48), Pairs(weights + 80), Pairs(weights + 112), Pairs(weights + 144));
        var (l0, h0) = Order(a0 & even | b0 & odd, a1 & even | b1 & odd);
        var (l1, h1) = Order(a0 >>> 16 | c0 << 16, a1 >>> 16 | c1 << 16);
        var (l2, h2) = Order(b0 & even | c0 & odd, b1 & even | c1 & odd);
        var (l3, h3) = Order(d0, d1);
        var (l4, h4) = sharesTwo ? Order(e0 << 16, e1 << 16) : Order(e0, e1);
        var (left, leftHigh) = Column(taps, channel);
        var (middle, middleHigh) = Column(taps + 1, channel);
        var (first, second) = (Widen(taps[6] + channel), Widen(taps[7] + channel));
        var (lower, lowerHigh) = Interleave(first, second);
        for (; pixels > 0; pixels--, taps += 10, sums += 16)
        {
            if (!sharesTwo)
            {
                (middle, middleHigh) = Column(taps + 1, channel);
                (lower, lowerHigh) = Interleave(first, Widen(taps[7] + channel));
            }
            var (right, rightHigh) = Column(taps + 2, channel);
            var third = Widen(taps[8] + channel);
            var (next, nextHigh) = Interleave(sharesTwo ? second : third, third);
            var low = Avx2.MultiplyAddAdjacent(left, l0) + Avx2.MultiplyAddAdjacent(middle, l1) + Avx2.MultiplyAddAdjacent(right, l2) + Avx2.MultiplyAddAdjacent(lower, l3) + Avx2.MultiplyAddAdjacent(next, l4);
            var high = Avx2.MultiplyAddAdjacent(leftHigh, h0) + Avx2.MultiplyAddAdjacent(middleHigh, h1) + Avx2.MultiplyAddAdjacent(rightHigh, h2) + Avx2.MultiplyAddAdjacent(lowerHigh, h3) + Avx2.MultiplyAddAdjacent(nextHigh, h4);
            low.GetLower().Store(sums);
            high.GetLower().Store(sums + 4);
            low.GetUpper().Store(sums + 8);
            high.GetUpper().Store(sums + 12);
            (left, leftHigh) = sharesTwo ? (middle, middleHigh) : (right, rightHigh);
            (middle, middleHigh) = (right, rightHigh);
            (lower, lowerHigh) = (next, nextHigh);
            (first, second) = (third, third);
        }
    }

    // The upper two taps of a column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> Low, Vector256<short> High) Column(byte** taps, int channel) => Interleave(Widen(taps[0] + channel), Widen(taps[3] + channel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> Low, Vector256<short> High) Interleave(Vector256<short> a, Vector256<short> b) => (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b));

    // Two taps' weights of eight channels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pairs(short* weights) => Vector256.Load((int*)weights);

    // Sixteen channels in the order of interleaved words.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> Low, Vector256<short> High) Order(Vector256<int> first, Vector256<int> second) =>
        (Avx2.Permute2x128(first, second, 0x20).AsInt16(), Avx2.Permute2x128(first, second, 0x31).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen(byte* sixteen) => Avx2.ConvertToVector256Int16(sixteen);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (; pixels > 0; pixels--, sums += 16)
        {
            var sum = Vector256<int>.Zero;
            for (int pair = 0; pair < tapPairs; pair++, taps += 2) sum += Avx2.MultiplyAddAdjacent(Pair(taps, channel), Vector256.Load(weights + pair * 32));
            sum.Store(sums);
        }
    }

    /// <summary>Two taps of eight channels side by side as 16-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Pair(byte** taps, int channel) =>
        (Avx2.ConvertToVector256Int32(taps[0] + channel) | (Avx2.ConvertToVector256Int32(taps[1] + channel) << 16)).AsInt16();
}
