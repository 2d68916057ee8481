using System.Runtime.InteropServices;

namespace Qnn.Runtime.MachineCode;

/// <summary>What an assembled depthwise kernel takes: as many rows of the input as the window has make one row of results.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DepthwiseArguments
{
    /// <summary>The most rows of a window.</summary>
    public const int MaxRows = 7;

    public byte* Results;
    /// <summary>For each 64 channels: vectors of 4 x 16 channels x 4 taps, in the order of the kernel; then the same again for remainders where the layer has some.</summary>
    public sbyte* Weights;
    /// <summary>An <see cref="EpilogueLayout"/> for each sixteen channels, in the order in which bytes are interleaved.</summary>
    public byte* Epilogue;
    /// <summary>A <see cref="ConstantsLayout"/>.</summary>
    public byte* Constants;
    /// <summary>The addresses of the rows' first pixels; rows outside the image are rows of zero points. 63 bytes after the last pixel are read.</summary>
    public fixed ulong Rows[MaxRows];
    /// <summary>How many blocks of 64 channels to do from these pointers on. Looked at where the layer has no smaller block.</summary>
    public int Blocks;
}
