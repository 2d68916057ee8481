using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Chooses the kernel of a convolution or dense layer by tier.</summary>
internal static unsafe class ConvolutionKernels
{
    // An order of inputs takes as long to find as it saves in four inferences of so many pixels. Layers of fewer have most of a network's weights, and few of its products.
    private const int PixelsWorthAnOrder = 128;

    /// <summary>Makes the kernel of a QuantizedConv2D step.</summary>
    public static Kernel CreateConv2D(StepInfo step) => Create(step, ConvolutionDescription.ForImages(step));

    /// <summary>Makes the kernel of a QuantizedDense step.</summary>
    public static Kernel CreateDense(StepInfo step) => Create(step, ConvolutionDescription.ForRows(step));

    private static Kernel Create(StepInfo step, in ConvolutionDescription description) =>
        step.MachineCode != null ? new ConvolutionMachineCode(description, step.MachineCode) : Create(step.Tier, description);

    // The tier is known to be supported; asking again lets a compiler ahead of time leave out what the target has not.
    private static Kernel Create(KernelTier tier, in ConvolutionDescription description) => tier switch
    {
        KernelTier.AvxVnni or KernelTier.Native when AvxVnni.IsSupported => new ConvolutionAvxVnni(description),
        KernelTier.Avx512 or KernelTier.Native when Avx512BW.IsSupported && KernelTiers.IsSupported(KernelTier.Avx512) => new ConvolutionAvx512(description),
        KernelTier.Avx2 or KernelTier.Native when Avx2.IsSupported => CreateAvx2(description),
        KernelTier.NeonDot when Dp.IsSupported => new ConvolutionNeonDot(description),
        KernelTier.Neon when AdvSimd.Arm64.IsSupported => new ConvolutionNeon(description),
        _ => new ConvolutionScalar(description),
    };

    // The fastest by the cost of a step.
    private static ConvolutionKernel CreateAvx2(in ConvolutionDescription description)
    {
        var safety = new PairSafety(description.Geometry, description.Weights);
        double least = Math.Min(safety.Cost, PairSafety.WordsCost);
        if (least > 1 + InputPairing.Cost && description.Weights.RemainderStarts == null && description.Geometry.Pixels >= PixelsWorthAnOrder)
        {
            var pairing = new InputPairing(description.Geometry, description.Weights);
            var paired = new PairSafety(description.Geometry, pairing.Weights);
            if (paired.Cost + InputPairing.Cost < least) return new ConvolutionAvx2Paired(description, pairing, paired);
        }
        return safety.Cost <= least ? new ConvolutionAvx2Bytes(description, safety) : new ConvolutionAvx2(description);
    }
}
