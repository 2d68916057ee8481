using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Sampling;

/// <summary>How pixels are read. The numbers are part of the artifact format.</summary>
internal enum CountedResizeMode
{
    Nearest = 1,
    Linear = 2,
    Cubic = 3,
}

/// <summary>Where a pixel of the result lies on the data, by ONNX's names. The numbers are part of the artifact format.</summary>
internal enum ResizeCoordinates
{
    HalfPixel = 1,
    PyTorchHalfPixel = 2,
    Asymmetric = 3,
    AlignCorners = 4,
}

/// <summary>How a place is rounded. The numbers are part of the artifact format.</summary>
internal enum ResizeNearest
{
    Floor = 1,
    Ceil = 2,
    RoundPreferFloor = 3,
    RoundPreferCeil = 4,
}

/// <summary>Parameters of a resize to a size that is computed at run time.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CountedResizeParameters
{
    public CountedResizeMode Mode;
    public ResizeCoordinates Coordinates;
    public ResizeNearest Nearest;
    /// <summary>The cubic's coefficient.</summary>
    public float Cubic;
}
