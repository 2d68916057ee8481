using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>The part of a parameter structure that <see cref="WideEpilogue"/> takes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WideEpilogueParameters
{
    /// <summary>A <see cref="Requantization.RequantizeArithmetic"/>.</summary>
    public int Arithmetic;
    public int ZeroPoint;
    public int Min;
    public int Max;
}
