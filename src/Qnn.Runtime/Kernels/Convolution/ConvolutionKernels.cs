using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Chooses the kernel of a convolution or dense layer by tier.</summary>
internal static class ConvolutionKernels
{
    /// <summary>Makes the kernel of a QuantizedConv2D step.</summary>
    public static Kernel CreateConv2D(StepInfo step) => Create(step.Tier, ConvolutionDescription.ForImages(step));

    /// <summary>Makes the kernel of a QuantizedDense step.</summary>
    public static Kernel CreateDense(StepInfo step) => Create(step.Tier, ConvolutionDescription.ForRows(step));

    private static Kernel Create(KernelTier tier, in ConvolutionDescription description) => tier switch
    {
        _ => new ConvolutionScalar(description),
    };
}
