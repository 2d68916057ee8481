using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>Parameters of QuantizedBatchMatMul.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WideBatchMatMulParameters
{
    public int ZeroPointA;
    public int ZeroPointB;
    public WideEpilogueParameters Epilogue;
}
