using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>A strand of <see cref="BlockPanels"/> and rows that it is multiplied with.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BlockRun
{
    /// <summary>The strand's first pair.</summary>
    public byte* Weights;

    /// <summary>The scales of its first block.</summary>
    public float* Scales;

    /// <summary>The first row's chunks of the strand.</summary>
    public byte* Row;

    /// <summary>The first row's step of the first block.</summary>
    public float* Steps;

    /// <summary>Bytes from row to row.</summary>
    public nint Pitch;

    /// <summary>Groups.</summary>
    public int Groups;

    /// <summary>A group has the block of its number times this, shifted right.</summary>
    public int GroupBlocks, GroupShift;

    /// <summary>Blocks from the first two lanes to the other two.</summary>
    public int BlockStep;

    /// <summary>The sums, [row][lane][16].</summary>
    public float* Sums;

    /// <summary>Where those of the strand's lanes begin.</summary>
    public fixed int SumsAt[BlockPanels.StrandLanes];

    /// <summary>Machine code for a row and for several, or null.</summary>
    public byte* One, Many;

    /// <summary>Sums of a row.</summary>
    public const int RowSums = BlockPanels.Strands * BlockPanels.StrandLanes * BlockPanels.Columns;
}

/// <summary>How an instruction set adds up a strand.</summary>
internal unsafe interface IBlockTiles
{
    /// <summary>The instruction set's name.</summary>
    static abstract string Name { get; }

    /// <summary>Rows that are taken together; those left are taken one by one.</summary>
    static abstract int Rows { get; }

    /// <summary>Adds up a strand for a row.</summary>
    static abstract void One<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights;

    /// <summary>Adds up a strand for <see cref="Rows"/> rows.</summary>
    static abstract void Many<TWeights>(BlockRun* run) where TWeights : struct, IBlockWeights;
}
