using System.Runtime.InteropServices;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Parameters of QuantizedConv2D, QuantizedDepthwiseConv2D and QuantizedDense (whose window is 1x1).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ConvolutionParameters
{
    public int KernelHeight;
    public int KernelWidth;
    public int StrideHeight;
    public int StrideWidth;
    public int DilationHeight;
    public int DilationWidth;
    public int PadTop;
    public int PadLeft;
    public int Groups;
    /// <summary>What padding is filled with; elsewhere the biases have it folded in.</summary>
    public int InputZeroPoint;
    public EpilogueParameters Epilogue;
}
