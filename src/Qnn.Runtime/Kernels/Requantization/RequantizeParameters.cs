using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>Parameters of Requantize.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RequantizeParameters
{
    /// <summary>Elements of the last axis, each with its own multiplier; 1 for one multiplier.</summary>
    public int Channels;
    /// <summary>Subtracted first.</summary>
    public int InputZeroPoint;
    public int Arithmetic;
    public int OutputZeroPoint;
    public int Minimum;
    public int Maximum;
    /// <summary>Of <see cref="RequantizeArithmetic.Float32Stepped"/>: the reciprocal of the result's scale.</summary>
    public float Reciprocal;
}
