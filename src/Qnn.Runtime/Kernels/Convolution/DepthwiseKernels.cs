using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Chooses the kernel of a depthwise convolution by tier.</summary>
internal static class DepthwiseKernels
{
    /// <summary>Makes the kernel of a QuantizedDepthwiseConv2D step.</summary>
    public static Kernel Create(StepInfo step) => step.Tier switch
    {
        _ => new DepthwiseScalar(step),
    };
}
