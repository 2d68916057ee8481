namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Which products MLAS's kernels for AVX512-VNNI add up in which of sixteen lanes, where weights have a scale for each block of a column. Blocks are taken in groups of 128 elements, eight of them in a lane;
/// blocks of 16, 32 or 64 that do not fill a group follow one by one, as all blocks of two bits do.
/// Both are stored in quarters: pairs of elements, a pair of each lane after the other, so that products of 16-bit numbers are added in pairs.
/// </summary>
internal sealed class BlockLanes
{
    /// <summary>The elements of a group.</summary>
    public const int GroupLength = 128;

    private const int Lanes = 16;

    private readonly bool _isGrouped;

    /// <summary>The lanes of blocks of so many elements, 16, 32, 64, 128 or 256, of so many bits.</summary>
    public BlockLanes(int block, int bits)
    {
        (Block, _isGrouped) = (block, bits > 2 || block >= GroupLength);
        GroupBlocks = Math.Max(1, GroupLength / block);
        Group = new int[GroupLength];
        BlockOfLane = new int[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            var (quad, place) = (lane / 4, lane % 4);
            // Four elements, and four others further on.
            var (first, second) = block switch
            {
                16 => (place % 2 * 4, 8),
                32 => (quad % 2 * 16 + place % 2 * 4, 8),
                64 => (quad * 16 + place / 2 * 4, 8),
                _ => (lane * 4, 64),
            };
            int of = BlockOfLane[lane] = block switch { 16 => quad + place / 2 * 4, 32 => quad / 2 + place / 2 * 2, 64 => place % 2, _ => 0 };
            for (int i = 0; i < 8; i++) Group[i / 2 * 2 * Lanes + 2 * lane + i % 2] = of * block + first + i / 4 * second + i % 4;
        }
        RestLanes = block == 64 ? 16 : 8;
        Rest = new int[block > 64 ? 0 : block];
        int each = Rest.Length / RestLanes;
        for (int i = 0; i < Rest.Length; i++) Rest[i % each / 2 * 2 * RestLanes + i / each * 2 + i % 2] = i;
    }

    /// <summary>The elements of a block.</summary>
    public int Block { get; }

    /// <summary>How many blocks a group has; a block of 256 is two groups.</summary>
    public int GroupBlocks { get; }

    /// <summary>The element of a group at each place of its stored form.</summary>
    public int[] Group { get; }

    /// <summary>The block of a group whose products a lane adds up.</summary>
    public int[] BlockOfLane { get; }

    /// <summary>The element of a single block at each place of its stored form.</summary>
    public int[] Rest { get; }

    /// <summary>The lanes of a single block.</summary>
    public int RestLanes { get; }

    /// <summary>The first of the four elements of a group that a lane adds up, and of four others.</summary>
    public (int First, int Second) ChunksOf(int lane) => (Group[2 * lane], Group[4 * Lanes + 2 * lane]);

    /// <summary>The element of a row of some blocks at each place of its stored form.</summary>
    public int[] Row(int blocks)
    {
        var row = new int[blocks * Block];
        int at = 0;
        for (; _isGrouped && row.Length - at >= GroupLength; at += GroupLength) Place(Group);
        for (; at < row.Length; at += Block) Place(Rest);
        return row;

        void Place(int[] order)
        {
            for (int i = 0; i < order.Length; i++) row[at + i] = at + order[i];
        }
    }
}
