using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>What an <see cref="AmxTileKernel"/> computes at a time.</summary>
/// <param name="Rows">Rows of a tile, at most <see cref="AmxTileKernel.MaxRows"/>.</param>
/// <param name="Tiles">Tiles of rows, 1 or 2.</param>
/// <param name="Vectors">Blocks of sixteen output channels, at most four for a tile, two for two tiles.</param>
/// <param name="LineStride">Where every tile is a line of the output, the input lines from one to the next; else 0, and tiles follow each other.</param>
internal readonly record struct AmxShape(int Rows, int Tiles, int Vectors, int LineStride)
{
    // Weights of 64 channels that leave room for the rest in a first-level cache of 48 KB.
    private const int LightWeightBytes = 24 * 1024;

    // Calls of more tiles than this are divided at run time.
    private const int BalancedTiles = 8;

    /// <summary>
    /// Two tiles of rows use every weight twice, and so wait for half as many where they do not fit into the first-level cache.
    /// Tiles of narrow outputs are lines.
    /// </summary>
    public static AmxShape Choose(in ConvolutionGeometry g, in TileWindow window)
    {
        int vectors = Math.Min(4, g.Blocks), half = Math.Min(2, g.Blocks);
        bool isLight = window.Lines * window.Taps * window.Steps * vectors * 64 <= LightWeightBytes;
        if (!isLight && window.Source != TileSource.Rows && window.CallRows <= AmxTileKernel.MaxRows && g.OutputHeight > 1) return new AmxShape(window.CallRows, 2, half, g.StrideHeight);
        int tiles = (window.CallRows + AmxTileKernel.MaxRows - 1) / AmxTileKernel.MaxRows;
        // Rows of two tiles must be there: an odd number of few is better done by one.
        if (isLight || tiles == 1 || tiles == 2 && window.CallRows % 2 != 0) return new AmxShape(Balanced(window.CallRows, tiles), 1, vectors, 0);
        return new AmxShape(Balanced(window.CallRows, tiles + tiles % 2), 2, half, 0);
    }

    /// <summary>
    /// Whether tiles are faster than vpdpbusd, by the cycles of a call: two of its products a cycle; sixteen cycles a product of tiles and eight to load one, at least the latency of a product for a chunk,
    /// then accumulators through memory, and what it takes to begin and end. Held against measurements of layers: 24 to 144 channels of 56 x 56 takes 1.17 of the time, 16 to 16 of 32 x 32 takes 1.26,
    /// 32 to 32 of 16 x 16 takes 0.78, 384 to 64 of 14 x 14 takes 0.6.
    /// </summary>
    public bool Pays(in TileWindow window)
    {
        const int MinRows = 4, ProductLatency = 52, CallCycles = 600, ChunkRows = 112;
        int rows = LineStride > 0 ? Tiles * Rows : window.Source == TileSource.Rows ? Math.Min(window.CallRows, ChunkRows) : window.CallRows;
        if (rows < MinRows) return false;
        int segments = window.Lines * window.Taps, chunks = segments * ((window.Steps + AmxTileKernel.ChunkSteps - 1) / AmxTileKernel.ChunkSteps);
        int products = Tiles * Vectors, chunk = Math.Max(16 * products + 8 * (products > Vectors ? 3 : 1), ProductLatency), sets = (rows + Tiles * Rows - 1) / (Tiles * Rows);
        return (long)rows * Vectors * segments * window.Steps / 2 > (long)sets * (chunks * chunk + 30 * products + 10) + CallCycles;
    }

    private static int Balanced(int rows, int tiles) => tiles > BalancedTiles ? AmxTileKernel.MaxRows : (rows + tiles - 1) / tiles;
}
