using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>Parameters of QuantizedConv2D16 and QuantizedDepthwiseConv2D16.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WideConv2DParameters
{
    public WideWindowParameters Window;
    /// <summary>Groups of channels; 1 for a depthwise convolution, whose weights say it all.</summary>
    public int Groups;
    public WideEpilogueParameters Epilogue;
}
