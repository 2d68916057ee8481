using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>The part of a parameter structure that describes a convolution's window.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WideWindowParameters
{
    public int KernelHeight;
    public int KernelWidth;
    public int StrideHeight;
    public int StrideWidth;
    public int DilationHeight;
    public int DilationWidth;
    public int PadTop;
    public int PadLeft;

    /// <summary>The product of the kernel's extents.</summary>
    public readonly int Taps => KernelHeight * KernelWidth;

    /// <summary>Rejects what would leave 32-bit arithmetic on places.</summary>
    public readonly void Verify(StepInfo step)
    {
        const int limit = 1 << 14;
        step.Require(KernelHeight is > 0 and <= limit && KernelWidth is > 0 and <= limit && StrideHeight is > 0 and <= limit && StrideWidth is > 0 and <= limit, "bad window");
        step.Require(DilationHeight is > 0 and <= limit && DilationWidth is > 0 and <= limit && PadTop is >= 0 and <= limit && PadLeft is >= 0 and <= limit, "bad window");
    }
}
