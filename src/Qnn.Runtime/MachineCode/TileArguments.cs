using System.Runtime.InteropServices;

namespace Qnn.Runtime.MachineCode;

/// <summary>What an assembled tile kernel takes: rows of activations times up to 64 output channels of packed weights, requantized.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TileArguments
{
    /// <summary>The first row's first activation.</summary>
    public byte* Activations;
    /// <summary>The first row's first result.</summary>
    public byte* Results;
    /// <summary>The first block of sixteen channels; the others follow.</summary>
    public sbyte* Weights;
    /// <summary>An <see cref="EpilogueLayout"/> for each sixteen channels.</summary>
    public byte* Epilogue;
    /// <summary>A <see cref="ConstantsLayout"/>.</summary>
    public byte* Constants;
    /// <summary>Rows, or lines of the output, to compute. When they are no multiple of what is computed at a time, some before the last ones are computed again; they must be there.</summary>
    public long Rows;
    /// <summary>Remainders: 64 bytes that begin with a 32-bit offset in a row, then the weights of a step there, 64 bytes for each sixteen channels; of sixteen steps for AMX.</summary>
    public byte* Remainders;
    public long RemainderCount;
    /// <summary>Room for the accumulators of a tile, 64-byte aligned. Only code with AMX uses it.</summary>
    public byte* Tile;
}
