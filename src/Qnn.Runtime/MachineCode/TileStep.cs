using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qnn.Runtime.MachineCode;

/// <summary>Where a tile step's rows of activations are.</summary>
internal enum TileSource
{
    /// <summary>Every pixel of the input is a row: pointwise and dense layers.</summary>
    Rows = 0,
    /// <summary>Windows are read where they are in the input, one line of the output at a time.</summary>
    Lines = 1,
    /// <summary>Input lines are copied to scratch memory first, with zero points around.</summary>
    PaddedLines = 2,
    /// <summary>Likewise, but as blocks of two lines and columns, [line / 2][column / 2][2][2][channels]: windows of stride 2 are a block apart, and see several inputs of their lines side by side.</summary>
    PaddedBlocks = 3,
}

/// <summary>
/// What the machine code section says about a convolution or dense step, at the step's entry; <see cref="GroupCount"/> <see cref="TileGroup"/>s follow.
/// Offsets are in bytes from here.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TileStep
{
    /// <summary>A <see cref="TileSource"/>.</summary>
    public int Source;
    /// <summary>Bytes of a line of the input, or of its copy.</summary>
    public int LinePitch;
    /// <summary>A <see cref="ConstantsLayout"/>.</summary>
    public int Constants;
    public int GroupCount;
    /// <summary>What the rows of a call are best a multiple of, whole tiles. A call of fewer takes rows before its first along.</summary>
    public int RowUnit;
    /// <summary>Lines of the output that a call must have at least, where calls count lines; 0 where they count rows.</summary>
    public int CallLines;
    /// <summary>Bytes of the accumulators of a tile that code with AMX has in memory; else 0.</summary>
    public int TileBytes;
    /// <summary>The functions for the products of two blocks of sixteen output channels, where Winograd's transforms are best, which have no groups; else 0. See <see cref="Kernels.Convolution.Winograd.WinogradMachineCode{TTiles, TShort, TLanes, TInt, TFloat}"/>.</summary>
    public WinogradCode WinogradCode;
    /// <summary>Likewise, for the last block where their number is odd.</summary>
    public WinogradCode LastWinogradCode;
}

/// <summary>A function for each of <see cref="Kernels.Convolution.Winograd.WinogradItem.Kinds"/>; 0 where there are no places of a kind.</summary>
[InlineArray(Kernels.Convolution.Winograd.WinogradItem.Kinds)]
internal struct WinogradCode
{
    private int _first;
}

/// <summary>Up to 64 output channels of a tile step.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TileGroup
{
    /// <summary>The function.</summary>
    public int Code;
    /// <summary>An <see cref="EpilogueLayout"/> for each sixteen channels.</summary>
    public int Epilogue;
    /// <summary>Weights packed for this code, or 0 for the step's own.</summary>
    public int Weights;
    public int Remainders;
    public int RemainderCount;
    /// <summary>The first block of sixteen channels, of the step's own weights.</summary>
    public int FirstBlock;
    /// <summary>The first input channel.</summary>
    public int Input;
    /// <summary>The first output channel.</summary>
    public int Output;
}

/// <summary>
/// What the machine code section says about a depthwise step, at the step's entry; <see cref="PhaseCount"/> <see cref="DepthwisePhase"/>s follow, one for each column of a dilated window's gap.
/// Offsets are in bytes from here.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DepthwiseStep
{
    public int Weights;
    public int Epilogue;
    public int Constants;
    /// <summary>Weights for windows whose pairs of products may saturate; 0 where there is no code for them.</summary>
    public int SaturatingWeights;
    public int PhaseCount;
    /// <summary>Bytes of the weights of 64 channels.</summary>
    public int BlockWeights;
    /// <summary>Bytes of the epilogue's numbers of 64 channels.</summary>
    public int BlockEpilogue;
}

/// <summary>Columns of the output that share columns of the input.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DepthwisePhase
{
    /// <summary>The function.</summary>
    public int Code;
    /// <summary>The function for windows whose pairs of products may saturate.</summary>
    public int SaturatingCode;
    /// <summary>Bytes from the beginning of a row of the input to the first of these columns.</summary>
    public int Input;
    /// <summary>Likewise of the output.</summary>
    public int Output;
}

/// <summary>What the machine code section says about a product of quantized rows with weights of few bits, at the step's entry. Offsets are in bytes from here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BlockStrandStep
{
    /// <summary>The function for a row.</summary>
    public int One;
    /// <summary>The function for four rows.</summary>
    public int Many;
}
