using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>As <see cref="SaturatingDepthwiseScalar"/>, eight channels at a time: a pair's exact 32-bit sum is clamped to 16 bits.</summary>
internal sealed unsafe class SaturatingDepthwiseAvx2(StepInfo step)
    : DepthwiseKernel(step, "saturating.avx2", EpilogueAvx2.For((RequantizeArithmetic)step.ReadParameters<ConvolutionParameters>().Epilogue.Arithmetic))
{
    private readonly short* _zeroPoints = SaturatingDepthwiseKernel.ZeroPoints(step);

    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (int half = 0; half < 2; half++) AccumulateEight(taps, pixels, tapPairs, channel + half * 8, weights + half * 16, sums + half * 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulateEight(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        var (least, greatest) = (Vector256.Create((int)short.MinValue), Vector256.Create((int)short.MaxValue));
        var zeroPoints = Vector256.Load(_zeroPoints + channel * 2);
        // The second tap of an odd last pair does not exist.
        var last = Taps % 2 == 0 ? zeroPoints : zeroPoints & Vector256.Create((int)ushort.MaxValue).AsInt16();
        for (; pixels > 0; pixels--, sums += 16)
        {
            var sum = Vector256<int>.Zero;
            for (int pair = 0; pair < tapPairs; pair++, taps += 2)
            {
                var z = pair == tapPairs - 1 ? last : zeroPoints;
                var data = DepthwiseAvx2.Pair(taps, channel);
                sum += Vector256.Clamp(Avx2.MultiplyAddAdjacent(data, Vector256.Load(weights + pair * 32) + z), least, greatest) - Avx2.MultiplyAddAdjacent(data, z);
            }
            sum.Store(sums);
        }
    }
}
