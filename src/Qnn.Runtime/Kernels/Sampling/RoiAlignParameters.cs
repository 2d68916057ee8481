using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>Parameters of RoiAlign.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RoiAlignParameters
{
    /// <summary>Samples along each axis of a bin; 0: as many as its extent, rounded up.</summary>
    public int Samples;
    /// <summary>1: a bin is the greatest of its weighted neighbours; 0: the mean of its samples.</summary>
    public int Greatest;
    /// <summary>Image pixels for a unit of a region.</summary>
    public float Scale;
    /// <summary>1: pixels are at their centres, half a unit off.</summary>
    public int HalfPixel;
}
