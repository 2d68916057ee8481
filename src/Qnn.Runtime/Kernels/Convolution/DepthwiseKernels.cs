using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Chooses the kernel of a depthwise convolution by tier.</summary>
internal static class DepthwiseKernels
{
    /// <summary>Makes the kernel of a QuantizedDepthwiseConv2D step.</summary>
    public static unsafe Kernel Create(StepInfo step) =>
        step.MachineCode != null ? new DepthwiseMachineCode(DepthwiseDescription.Create(step), step.MachineCode, splitsChannels: true) : Choose(step);

    /// <summary>Makes the kernel of a SaturatingDepthwiseConv2D step.</summary>
    public static unsafe Kernel CreateSaturating(StepInfo step)
    {
        var description = DepthwiseDescription.Create(step);
        var exact = step.MachineCode != null ? new DepthwiseMachineCode(description, step.MachineCode) : Choose(step);
        return new SaturatingDepthwiseKernel(description, SaturatingDepthwiseKernel.ZeroPoints(step), exact, ChooseSaturating(step, description));
    }

    private static unsafe Kernel ChooseSaturating(StepInfo step, in DepthwiseDescription description)
    {
        if (step.MachineCode != null && ((DepthwiseStep*)step.MachineCode)->SaturatingWeights != 0) return new DepthwiseMachineCode(description, step.MachineCode, saturates: true);
        return step.Tier is not (KernelTier.Scalar or KernelTier.Neon or KernelTier.NeonDot) && Avx2.IsSupported ? new SaturatingDepthwiseAvx2(step) : new SaturatingDepthwiseScalar(step);
    }

    private static Kernel Choose(StepInfo step) => step.Tier switch
    {
        KernelTier.AvxVnni or KernelTier.Native when AvxVnni.IsSupported => new DepthwiseAvxVnni(step),
        KernelTier.Avx512 or KernelTier.Native when Avx512BW.IsSupported && KernelTiers.IsSupported(KernelTier.Avx512) => new DepthwiseAvx512(step),
        KernelTier.Avx2 or KernelTier.Native when Avx2.IsSupported => new DepthwiseAvx2(step),
        KernelTier.NeonDot or KernelTier.Neon when AdvSimd.Arm64.IsSupported => new DepthwiseNeon(step),
        _ => new DepthwiseScalar(step),
    };
}
