using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of Svdf.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SvdfParameters
{
    /// <summary>Filters that add up to an output.</summary>
    public int Rank;
    /// <summary>A <see cref="RecurrentActivation"/>.</summary>
    public int Activation;
    /// <summary>1 where run-time quantization chooses zero points: int8 weights only.</summary>
    public int Asymmetric;
    /// <summary>Scale of int8 feature weights.</summary>
    public float FeatureScale;
}
