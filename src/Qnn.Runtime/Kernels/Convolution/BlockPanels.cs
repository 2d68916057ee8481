namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// How weights of 4 or 8 bits lie that are multiplied with quantized data: panels of sixteen columns, in each of which a vector has four elements of every column, a chunk.
/// Of a group (<see cref="BlockLanes"/>) each lane has a pair of chunks. Lanes go by their blocks, a quarter of them, a strand, for all groups, then the next; behind are the chunks of blocks that fill no group, as they come.
/// A pair of four bits is one vector: the first chunk's in the low halves of bytes.
/// Scales lie as [panel][block][16], and so do the zero points' shares, where columns have several; what fills up the last panel is zero.
/// </summary>
internal sealed class BlockPanels
{
    /// <summary>Columns of a panel.</summary>
    public const int Columns = 16;

    /// <summary>Elements of a chunk.</summary>
    public const int ChunkLength = 4;

    /// <summary>Quarters of the lanes.</summary>
    public const int Strands = 4;

    /// <summary>Lanes of a strand.</summary>
    public const int StrandLanes = 4;

    private readonly BlockLanes _lanes;

    /// <summary>The panels of some blocks of so many elements, 16, 32, 64, 128 or 256, of so many bits, 4 or 8.</summary>
    public BlockPanels(int block, int bits, int blocks)
    {
        _lanes = new BlockLanes(block, bits);
        Groups = blocks / _lanes.GroupBlocks * Math.Max(1, block / BlockLanes.GroupLength);
        LaneOfPlace = [.. Enumerable.Range(0, Strands * StrandLanes).OrderBy(lane => _lanes.BlockOfLane[lane]).ThenBy(lane => lane)];
        Chunks = new int[blocks * block / ChunkLength];
        int at = 0;
        for (int strand = 0; strand < Strands; strand++)
        {
            for (int group = 0; group < Groups; group++)
            {
                for (int i = 0; i < StrandLanes; i++)
                {
                    var (first, second) = _lanes.ChunksOf(LaneOfPlace[strand * StrandLanes + i]);
                    Chunks[at++] = (group * BlockLanes.GroupLength + first) / ChunkLength;
                    Chunks[at++] = (group * BlockLanes.GroupLength + second) / ChunkLength;
                }
            }
        }
        for (; at < Chunks.Length; at++) Chunks[at] = at;
    }

    /// <summary>How many groups there are.</summary>
    public int Groups { get; }

    /// <summary>The lane at each place of a group.</summary>
    public int[] LaneOfPlace { get; }

    /// <summary>Which four elements of a column each stored chunk has.</summary>
    public int[] Chunks { get; }

    /// <summary>How many panels some columns have.</summary>
    public static int Count(int columns) => (columns + Columns - 1) / Columns;

    /// <summary>The block of a group that the first lanes of a strand add up.</summary>
    public int FirstBlock(int strand) => _lanes.BlockOfLane[LaneOfPlace[strand * StrandLanes]];

    /// <summary>Blocks from the first two lanes of a strand to the other two.</summary>
    public int BlockStep => _lanes.BlockOfLane[LaneOfPlace[2]];

    /// <summary>Blocks of a group; a block of 256 is two groups.</summary>
    public int GroupBlocks => _lanes.GroupBlocks;

    /// <summary>The lanes of a block that fills no group.</summary>
    public int RestLanes => _lanes.RestLanes;
}
