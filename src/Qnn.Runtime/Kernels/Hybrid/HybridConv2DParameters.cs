using System.Runtime.InteropServices;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>Parameters of HybridConv2D and HybridDepthwiseConv2D.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HybridConv2DParameters
{
    public WideWindowParameters Window;
    /// <summary>Groups of channels.</summary>
    public int Groups;
    /// <summary>How sums become floats.</summary>
    public HybridScaling Scaling;
    public float Min;
    public float Max;
}
