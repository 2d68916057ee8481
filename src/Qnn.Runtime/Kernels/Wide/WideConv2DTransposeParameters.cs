using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>Parameters of QuantizedConv2DTranspose.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WideConv2DTransposeParameters
{
    public WideWindowParameters Window;
    /// <summary>Zero point of the data.</summary>
    public int InputZeroPoint;
    public WideEpilogueParameters Epilogue;
}
