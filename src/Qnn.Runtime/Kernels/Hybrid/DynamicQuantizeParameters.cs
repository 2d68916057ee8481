using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>Parameters of DynamicQuantize.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DynamicQuantizeParameters
{
    /// <summary>1 where zero points are chosen, 0 where they are 0.</summary>
    public int Asymmetric;
}
