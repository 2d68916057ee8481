using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Sixteen channels in one accumulator, two taps a product (vpmaddwd). Windows of nine taps keep their weights in registers for the whole row.</summary>
internal sealed unsafe class DepthwiseAvx512(StepInfo step) : DepthwiseKernel(step, "avx512", ForArithmetic(step))
{
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        if (Taps == 9) AccumulateNine(taps, pixels, channel, weights, sums);
        else AccumulateAny(taps, pixels, tapPairs, channel, weights, sums);
    }

    private static EpilogueStore ForArithmetic(StepInfo step) => EpilogueAvx512.For((RequantizeArithmetic)step.ReadParameters<ConvolutionParameters>().Epilogue.Arithmetic);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateNine(byte** taps, int pixels, int channel, short* weights, int* sums)
    {
        var w0 = Vector512.Load(weights);
        var w1 = Vector512.Load(weights + 32);
        var w2 = Vector512.Load(weights + 64);
        var w3 = Vector512.Load(weights + 96);
        var w4 = Vector512.Load(weights + 128);
        for (; pixels > 0; pixels--, taps += 10, sums += 16)
        {
            var even = Avx512BW.MultiplyAddAdjacent(Pair(taps, channel), w0) + Avx512BW.MultiplyAddAdjacent(Pair(taps + 2, channel), w1);
            var odd = Avx512BW.MultiplyAddAdjacent(Pair(taps + 4, channel), w2) + Avx512BW.MultiplyAddAdjacent(Pair(taps + 6, channel), w3);
            (even + odd + Avx512BW.MultiplyAddAdjacent(Widen(taps[8] + channel).AsInt16(), w4)).Store(sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (; pixels > 0; pixels--, sums += 16)
        {
            var sum = Vector512<int>.Zero;
            for (int pair = 0; pair < tapPairs; pair++, taps += 2) sum += Avx512BW.MultiplyAddAdjacent(Pair(taps, channel), Vector512.Load(weights + pair * 32));
            sum.Store(sums);
        }
    }

    // Two taps of a channel side by side as 16-bit numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Pair(byte** taps, int channel) => (Widen(taps[0] + channel) | (Widen(taps[1] + channel) << 16)).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen(byte* bytes) => Avx512F.ConvertToVector512Int32(Vector128.Load(bytes));
}
