using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>How a grid's points are read from an image. The numbers are part of the artifact format.</summary>
internal enum GridSampleMode
{
    Linear = 1,
    Nearest = 2,
    /// <summary>By Keys' cubic with the coefficient -0.75.</summary>
    Cubic = 3,
    /// <summary>As PyTorch computes it; so the next ones.</summary>
    TorchLinear = 11,
    TorchNearest = 12,
    TorchCubic = 13,
}

/// <summary>What lies around an image. The numbers are part of the artifact format.</summary>
internal enum GridSamplePadding
{
    Zeros = 1,
    Border = 2,
    Reflection = 3,
}

/// <summary>Parameters of GridSample.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GridSampleParameters
{
    public GridSampleMode Mode;
    public GridSamplePadding Padding;
    /// <summary>1 where -1 and 1 are the centres of the corner pixels, 0 where they are the corners.</summary>
    public int AlignCorners;
}
