using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>Parameters of ScaledSums.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ScaledSumsParameters
{
    /// <summary>1 where the bias is added before the product is rounded.</summary>
    public int Fused;
}
