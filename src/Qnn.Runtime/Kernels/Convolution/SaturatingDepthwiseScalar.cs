using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Depthwise convolution whose products saturate by pairs, as vpmaddubsw makes them in FBGEMM on x86 (GenerateI8Depthwise.cc): the products of taps 2i and 2i + 1, of data and weights as they are stored,
/// add up to a 16-bit number. Two sets of weights stand in each block: as stored, and the negative zero points, whose products are exact.
/// </summary>
internal sealed unsafe class SaturatingDepthwiseScalar(StepInfo step) : DepthwiseKernel(step, "saturating.scalar", EpilogueScalar.Store, weightSets: 2)
{
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (int pixel = 0; pixel < pixels; pixel++, sums += 16, taps += tapPairs * 2)
        {
            new Span<int>(sums, 16).Clear();
            for (int pair = 0; pair < tapPairs; pair++)
            {
                short* w = weights + pair * 32, zeroPoints = w + tapPairs * 32;
                for (int n = 0; n < 16; n++)
                {
                    int a = taps[pair * 2][channel + n], b = taps[pair * 2 + 1][channel + n];
                    sums[n] += Math.Clamp(a * w[n * 2] + b * w[n * 2 + 1], short.MinValue, short.MaxValue) + a * zeroPoints[n * 2] + b * zeroPoints[n * 2 + 1];
                }
            }
        }
    }
}
