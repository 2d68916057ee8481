using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Depthwise convolution whose products saturate by pairs, as vpmaddubsw makes them in FBGEMM on x86 (GenerateI8Depthwise.cc): the products of taps 2i and 2i + 1, of data and weights as they are stored,
/// add up to a 16-bit number; what the weights' zero points contribute is exact. The step's last input holds these, [channels / 16][16][2] of int16, each twice.
/// </summary>
internal sealed unsafe class SaturatingDepthwiseScalar(StepInfo step) : DepthwiseKernel(step, "saturating.scalar", new(&EpilogueScalar.Store))
{
    private readonly short* _zeroPoints = SaturatingDepthwiseKernel.ZeroPoints(step);

    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        short* zeroPoints = _zeroPoints + channel * 2;
        for (int pixel = 0; pixel < pixels; pixel++, sums += 16, taps += tapPairs * 2)
        {
            new Span<int>(sums, 16).Clear();
            for (int pair = 0; pair < tapPairs; pair++)
            {
                short* w = weights + pair * 32;
                bool single = pair * 2 + 1 == Taps;
                for (int n = 0; n < 16; n++)
                {
                    int a = taps[pair * 2][channel + n], b = single ? 0 : taps[pair * 2 + 1][channel + n], zeroPoint = zeroPoints[n * 2];
                    sums[n] += Math.Clamp(a * (w[n * 2] + zeroPoint) + b * (w[n * 2 + 1] + zeroPoint), short.MinValue, short.MaxValue) - (a + b) * zeroPoint;
                }
            }
        }
    }
}
