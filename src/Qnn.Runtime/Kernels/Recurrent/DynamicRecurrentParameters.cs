using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of DynamicRecurrent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DynamicRecurrentParameters
{
    public RecurrentCell Cell;
    /// <summary>1 where the sequence is taken from its end.</summary>
    public int Reverse;
    /// <summary>The greatest integer that a state's range is spread over, 255 or 127; 0 where the weights are floats.</summary>
    public int TorchRange;
    /// <summary>1 where the bias is added before the product is rounded.</summary>
    public int Fused;
    /// <summary>1 where a state's scale is handed over by its reciprocal.</summary>
    public int ByReciprocal;
}
