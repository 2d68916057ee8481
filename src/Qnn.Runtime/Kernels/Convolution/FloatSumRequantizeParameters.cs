using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Parameters of RequantizeFloatSum.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FloatSumRequantizeParameters
{
    /// <summary>The convolution; its least and greatest result are not looked at. A depthwise one is told by its order.</summary>
    public FloatConv2DParameters Shape;

    /// <summary>The zero point of unsigned data.</summary>
    public int InputZeroPoint;

    /// <summary>The scale of the data.</summary>
    public float InputScale;

    /// <summary>The scale of the result.</summary>
    public float OutputScale;

    /// <summary>The zero point of the result.</summary>
    public int OutputZeroPoint;

    /// <summary>The least result.</summary>
    public int Minimum;

    /// <summary>The greatest result.</summary>
    public int Maximum;
}
