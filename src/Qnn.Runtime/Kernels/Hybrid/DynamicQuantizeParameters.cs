using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>Parameters of DynamicQuantize.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DynamicQuantizeParameters
{
    /// <summary>1 where zero points are chosen, 0 where they are 0.</summary>
    public int Asymmetric;
    /// <summary>0, or the greatest integer that PyTorch spreads the range over: 255, or 127 where it keeps a bit free.</summary>
    public int TorchRange;
    /// <summary>1 where scale and zero point are XNNPACK's.</summary>
    public int Xnnpack;
    /// <summary>1 where PyTorch's scale is handed over by its reciprocal.</summary>
    public int ByReciprocal;
    /// <summary>1 where PyTorch's zero point is added before rounding.</summary>
    public int Fused;
}
