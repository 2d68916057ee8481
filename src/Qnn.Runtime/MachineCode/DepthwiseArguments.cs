using System.Runtime.InteropServices;

namespace Qnn.Runtime.MachineCode;

/// <summary>What an assembled depthwise kernel takes: three rows of the input make one row of results.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DepthwiseArguments
{
    /// <summary>The three rows' first pixels; rows outside the image are rows of zero points. 63 bytes after the last pixel are read.</summary>
    public byte* Row0, Row1, Row2;
    public byte* Results;
    /// <summary>For each 64 channels: 3 columns x 4 vectors x 16 channels x (3 rows, 0); then the same again for remainders where the layer has some.</summary>
    public sbyte* Weights;
    /// <summary>An <see cref="EpilogueLayout"/> for each sixteen channels, in the order in which bytes are interleaved.</summary>
    public byte* Epilogue;
    /// <summary>A <see cref="ConstantsLayout"/>.</summary>
    public byte* Constants;
}
