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
    /// <summary>0: sum * (data scale * weight scale); 1: sum * weight scale * data scale; then the bias is added. 2: fma(sum, data scale * weight scale, bias).</summary>
    public int WeightScaleFirst;
    public float Min;
    public float Max;
}
