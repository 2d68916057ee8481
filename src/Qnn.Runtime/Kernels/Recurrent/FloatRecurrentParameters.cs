using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of FloatRecurrent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FloatRecurrentParameters
{
    public RecurrentCell Cell;
    /// <summary>1 where the sequence is taken from its end.</summary>
    public int Reverse;
    /// <summary>The order of the state's products.</summary>
    public int Order;
    /// <summary>The order of the projection's products; 0 without a projection.</summary>
    public int ProjectionOrder;
}
