using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>As <see cref="SaturatingDepthwiseScalar"/>, eight channels at a time: a pair's exact 32-bit sum is clamped to 16 bits.</summary>
internal sealed unsafe class SaturatingDepthwiseAvx2(StepInfo step)
    : DepthwiseKernel(step, "saturating.avx2", EpilogueAvx2.For((RequantizeArithmetic)step.ReadParameters<ConvolutionParameters>().Epilogue.Arithmetic), weightSets: 2)
{
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        var (least, greatest) = (Vector256.Create((int)short.MinValue), Vector256.Create((int)short.MaxValue));
        for (; pixels > 0; pixels--, sums += 16)
        {
            var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (int pair = 0; pair < tapPairs; pair++, taps += 2)
            {
                short* w = weights + pair * 32, zeroPoints = w + tapPairs * 32;
                var (a, b) = (DepthwiseAvx2.Pair(taps, channel), DepthwiseAvx2.Pair(taps, channel + 8));
                low += Vector256.Clamp(Avx2.MultiplyAddAdjacent(a, Vector256.Load(w)), least, greatest) + Avx2.MultiplyAddAdjacent(a, Vector256.Load(zeroPoints));
                high += Vector256.Clamp(Avx2.MultiplyAddAdjacent(b, Vector256.Load(w + 16)), least, greatest) + Avx2.MultiplyAddAdjacent(b, Vector256.Load(zeroPoints + 16));
            }
            low.Store(sums);
            high.Store(sums + 8);
        }
    }
}
