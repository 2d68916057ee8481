using System.Runtime.InteropServices;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Parameters of QuantizedDense.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DenseParameters
{
    /// <summary>Inputs of a row.</summary>
    public int Depth;
    public int InputZeroPoint;
    public EpilogueParameters Epilogue;
}
