using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Two taps a product (vpmaddwd). Windows of nine taps keep their weights in registers for the whole row.</summary>
internal sealed unsafe class DepthwiseAvx2(StepInfo step) : DepthwiseKernel(step, "avx2", ForArithmetic(step))
{
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums) =>
        Accumulate(taps, pixels, Taps, tapPairs, channel, weights, sums);

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
        var (l0, h0) = Weights(weights);
        var (l1, h1) = Weights(weights + 32);
        var (l2, h2) = Weights(weights + 64);
        var (l3, h3) = Weights(weights + 96);
        var (l4, h4) = Weights(weights + 128);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen(byte* sixteen) => Avx2.ConvertToVector256Int16(sixteen);

    // Two taps' weights in the order of interleaved words.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> Low, Vector256<short> High) Weights(short* weights)
    {
        var (first, second) = (Vector256.Load(weights), Vector256.Load(weights + 16));
        return (Avx2.Permute2x128(first, second, 0x20), Avx2.Permute2x128(first, second, 0x31));
    }

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
