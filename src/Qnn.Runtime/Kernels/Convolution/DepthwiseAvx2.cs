using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Eight channels in one accumulator, two taps a product (vpmaddwd). Windows of nine taps keep their weights in registers for the whole row.</summary>
internal sealed unsafe class DepthwiseAvx2(StepInfo step) : DepthwiseKernel(step, "avx2", ForArithmetic(step))
{
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (int half = 0; half < 2; half++)
        {
            if (Taps == 9) AccumulateNine(taps, pixels, channel + half * 8, weights + half * 16, sums + half * 8);
            else AccumulateAny(taps, pixels, tapPairs, channel + half * 8, weights + half * 16, sums + half * 8);
        }
    }

    private static EpilogueStore ForArithmetic(StepInfo step) => EpilogueAvx2.For((RequantizeArithmetic)step.ReadParameters<ConvolutionParameters>().Epilogue.Arithmetic);

    private static void AccumulateNine(byte** taps, int pixels, int channel, short* weights, int* sums)
    {
        var w0 = Vector256.Load(weights);
        var w1 = Vector256.Load(weights + 32);
        var w2 = Vector256.Load(weights + 64);
        var w3 = Vector256.Load(weights + 96);
        var w4 = Vector256.Load(weights + 128);
        for (; pixels > 0; pixels--, taps += 10, sums += 16)
        {
            var even = Avx2.MultiplyAddAdjacent(Pair(taps, channel), w0) + Avx2.MultiplyAddAdjacent(Pair(taps + 2, channel), w1);
            var odd = Avx2.MultiplyAddAdjacent(Pair(taps + 4, channel), w2) + Avx2.MultiplyAddAdjacent(Pair(taps + 6, channel), w3);
            (even + odd + Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int32(taps[8] + channel).AsInt16(), w4)).Store(sums);
        }
    }

    private static void AccumulateAny(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (; pixels > 0; pixels--, sums += 16)
        {
            var sum = Vector256<int>.Zero;
            for (int pair = 0; pair < tapPairs; pair++, taps += 2) sum += Avx2.MultiplyAddAdjacent(Pair(taps, channel), Vector256.Load(weights + pair * 32));
            sum.Store(sums);
        }
    }

    // Two taps of a channel side by side as 16-bit numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(byte** taps, int channel) =>
        (Avx2.ConvertToVector256Int32(taps[0] + channel) | (Avx2.ConvertToVector256Int32(taps[1] + channel) << 16)).AsInt16();
}
