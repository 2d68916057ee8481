using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of QuantizedSvdf.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedSvdfParameters
{
    /// <summary>Filters that add up to an output.</summary>
    public int Rank;
    public int InputZeroPoint;
    public int OutputZeroPoint;
    /// <summary>From the features' sums to the state.</summary>
    public int StateMultiplier;
    public int StateExponent;
    /// <summary>From the sums over time to the output.</summary>
    public int OutputMultiplier;
    public int OutputExponent;
}
