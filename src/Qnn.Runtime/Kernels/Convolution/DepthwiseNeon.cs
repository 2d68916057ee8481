using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Sixteen channels, two taps each, in eight accumulators of 16-bit products (smlal). For both NEON tiers.</summary>
internal sealed unsafe class DepthwiseNeon(StepInfo step) : DepthwiseKernel(step, step.Tier.Name(), ForArithmetic(step))
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums)
    {
        for (; pixels > 0; pixels--, sums += 16)
        {
            Vector128<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            short* w = weights;
            for (int pair = 0; pair < tapPairs; pair++, taps += 2, w += 32)
            {
                var (a, b) = (Vector128.Load(taps[0] + channel), Vector128.Load(taps[1] + channel));
                var (low, high) = (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));
                Add(ref s0, ref s1, AdvSimd.ZeroExtendWideningLower(low.GetLower()).AsInt16(), w);
                Add(ref s2, ref s3, AdvSimd.ZeroExtendWideningUpper(low).AsInt16(), w + 8);
                Add(ref s4, ref s5, AdvSimd.ZeroExtendWideningLower(high.GetLower()).AsInt16(), w + 16);
                Add(ref s6, ref s7, AdvSimd.ZeroExtendWideningUpper(high).AsInt16(), w + 24);
            }
            AdvSimd.Arm64.AddPairwise(s0, s1).Store(sums);
            AdvSimd.Arm64.AddPairwise(s2, s3).Store(sums + 4);
            AdvSimd.Arm64.AddPairwise(s4, s5).Store(sums + 8);
            AdvSimd.Arm64.AddPairwise(s6, s7).Store(sums + 12);
        }
    }

    private static EpilogueStore ForArithmetic(StepInfo step) => EpilogueNeon.For((RequantizeArithmetic)step.ReadParameters<ConvolutionParameters>().Epilogue.Arithmetic);

    // Four channels, two taps each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector128<int> low, ref Vector128<int> high, Vector128<short> inputs, short* weights)
    {
        var w = Vector128.Load(weights);
        low = AdvSimd.MultiplyWideningLowerAndAdd(low, inputs.GetLower(), w.GetLower());
        high = AdvSimd.MultiplyWideningUpperAndAdd(high, inputs, w);
    }
}
