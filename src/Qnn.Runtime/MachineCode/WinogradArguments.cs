using System.Runtime.InteropServices;

namespace Qnn.Runtime.MachineCode;

/// <summary>What the assembled products of a transformed convolution take. After the numbers of each place there are those of padding (<see cref="Kernels.Convolution.Winograd.WinogradTransform"/>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WinogradArguments
{
    /// <summary>[places][tiles][inputs of the layer], from the first of those that are multiplied.</summary>
    public short* Inputs;
    /// <summary>[places][inputs / 2][blocks][16][2].</summary>
    public short* Weights;
    /// <summary>[places][tiles][blocks][16].</summary>
    public int* Products;
    /// <summary>Tiles, a number that the function was made for.</summary>
    public long Tiles;
    public long Places;
    /// <summary>How many inputs are multiplied, a multiple of 16.</summary>
    public long InputCount;
    /// <summary>Whether products are added to what is there, else 0.</summary>
    public long Adds;
}
