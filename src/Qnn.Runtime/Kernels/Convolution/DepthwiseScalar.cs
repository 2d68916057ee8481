using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The reference: one product at a time.</summary>
internal sealed unsafe class DepthwiseScalar(StepInfo step) : DepthwiseKernel(step, "scalar", new(&EpilogueScalar.Store))
{
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (int pixel = 0; pixel < pixels; pixel++, sums += 16, taps += tapPairs * 2)
        {
            new Span<int>(sums, 16).Clear();
            for (int tap = 0; tap < tapPairs * 2; tap++)
            {
                short* w = weights + tap / 2 * 32 + tap % 2;
                for (int n = 0; n < 16; n++) sums[n] += taps[tap][channel + n] * w[n * 2];
            }
        }
    }
}
