using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>What an <see cref="AmxTileKernel"/> computes at a time: a set of tiles, whose accumulators are at most four tile registers.</summary>
/// <param name="Rows">Rows of a tile, at most <see cref="AmxTileKernel.MaxRows"/>.</param>
/// <param name="Tiles">Tiles side by side.</param>
/// <param name="Lines">Lines of the output that have as many tiles; 1 where a line, or a call without lines, has more than one set.</param>
/// <param name="Vectors">Blocks of sixteen output channels.</param>
/// <param name="IsImage">Whether the tiles go over all lines of an image, so that every weight is loaded once.</param>
internal readonly record struct AmxShape(int Rows, int Tiles, int Lines, int Vectors, bool IsImage = false)
{
    private const int Accumulators = 4;

    // Of an epilogue, for a vector of results.
    private const int VectorCycles = 3;

    // Weights of 64 channels that leave room for the rest in a first-level cache of 48 KB.
    private const int LightWeightBytes = 24 * 1024;

    // With so few the epilogue takes as long as the products, and two tiles keep both busy.
    private const int FewChunks = 12;

    // Calls of more tiles than this are divided at run time.
    private const int BalancedTiles = 8;

    /// <summary>Tiles of a set.</summary>
    public int AllTiles => IsImage ? Tiles : Tiles * Lines;

    /// <summary>
    /// As many tiles as there are accumulators: a tile waits for its own products only if there are no others, and weights are loaded once for all tiles of rows.
    /// Two of rows use every weight twice, and so wait for half as many where they do not fit into the first-level cache. Tiles of narrow outputs are lines.
    /// </summary>
    /// <param name="g">The convolution.</param>
    /// <param name="window">Its window.</param>
    /// <param name="sums">Whether results are int32, which are stored tile by tile.</param>
    public static AmxShape Choose(in ConvolutionGeometry g, in TileWindow window, bool sums)
    {
        var lines = OfLines(g, window);
        return !sums && lines.Lines < g.OutputHeight && OfImage(g, window) is { } image ? image : lines;
    }

    // A small image, if its lines are whole rows of activations apart.
    private static AmxShape? OfImage(in ConvolutionGeometry g, in TileWindow window)
    {
        if (window.Source == TileSource.Rows || window.Step % window.RowPitch != 0) return null;
        long rows = (long)(g.OutputHeight - 1) * (window.Step / window.RowPitch) + g.OutputWidth;
        if (rows > Accumulators * AmxTileKernel.MaxRows) return null;
        int tiles = (int)(rows + AmxTileKernel.MaxRows - 1) / AmxTileKernel.MaxRows;
        return new AmxShape((int)(rows + tiles - 1) / tiles, tiles, g.OutputHeight, Math.Min(Accumulators / tiles, g.Blocks), true);
    }

    private static AmxShape OfLines(in ConvolutionGeometry g, in TileWindow window)
    {
        int vectors = Math.Min(Accumulators, g.Blocks);
        bool isLight = window.Lines * window.Taps * window.Steps * vectors * 64 <= LightWeightBytes;
        if (!isLight) vectors = Math.Min(Accumulators / 2, vectors);
        int chunks = window.Lines * window.Taps * ((window.Steps + AmxTileKernel.ChunkSteps - 1) / AmxTileKernel.ChunkSteps);
        int most = Math.Max(1, (isLight && chunks <= FewChunks ? Accumulators / 2 : Accumulators) / vectors), tiles = (window.CallRows + AmxTileKernel.MaxRows - 1) / AmxTileKernel.MaxRows;
        if (window.Source != TileSource.Rows && tiles <= most)
        {
            return new AmxShape((window.CallRows + tiles - 1) / tiles, tiles, Math.Min(most / tiles, g.OutputHeight), vectors);
        }
        // Rows of all tiles of a set must be there: an odd number of few is better done by one.
        for (int together = Math.Min(most, tiles); together > 1; together--)
        {
            int rows = Balanced(window.CallRows, (tiles + together - 1) / together * together);
            if (together * rows <= window.CallRows) return new AmxShape(rows, together, 1, vectors);
        }
        return new AmxShape(Balanced(window.CallRows, tiles), 1, 1, Math.Min(Accumulators, g.Blocks));
    }

    /// <summary>
    /// Whether tiles take less time than vpdpbusd, by cycles.
    /// vpdpbusd: two products a cycle, three cycles for a vector of results. Tiles: as long for a vector of results, eighteen cycles a product, what it takes to begin and end a call, and to begin a step after other vector code.
    /// Held against whole networks, by the share of vpdpbusd's cycles at which layers change over, Emerald Rapids: MobileNetV2 1.29 ms at a half, 1.24 to 1.27 from 0.8 to 1.1 on; tiny MobileNet 66 us below 0.8, 60 at 1; DS-CNN 15.6 and 12.7; ResNet-8 38 at a half, 30 at 1.
    /// </summary>
    /// <param name="g">The convolution.</param>
    /// <param name="window">The window of tiles.</param>
    /// <param name="other">The window of vpdpbusd.</param>
    public bool Pays(in ConvolutionGeometry g, in TileWindow window, in TileWindow other) =>
        Cycles(g, window) < (long)OutputLines(g, other) * other.CallRows * g.Blocks * (other.Lines * other.Taps * other.Steps / 2 + VectorCycles);

    /// <summary>About as many cycles as the tiles take.</summary>
    public long Cycles(in ConvolutionGeometry g, in TileWindow window)
    {
        const int StepCycles = 2000, CallCycles = 700, TileCycles = 8, ProductCycles = 18;
        int chunks = window.Lines * window.Taps * ((window.Steps + AmxTileKernel.ChunkSteps - 1) / AmxTileKernel.ChunkSteps), calls = (g.Blocks + Vectors - 1) / Vectors;
        long tiles = (IsImage ? Tiles : (long)OutputLines(g, window) * ((window.CallRows + Rows - 1) / Rows)) * g.Blocks;
        return StepCycles + calls * CallCycles + tiles * (Rows * VectorCycles + TileCycles + chunks * ProductCycles);
    }

    private static int OutputLines(in ConvolutionGeometry g, in TileWindow window) => window.Source == TileSource.Rows ? 1 : g.OutputHeight;

    /// <summary>Sets of a call that computes all of a convolution's pixels.</summary>
    public int Sets(in ConvolutionGeometry g, in TileWindow window)
    {
        int side = Tiles * Rows, across = IsImage ? 1 : (window.CallRows + side - 1) / side;
        return window.Source == TileSource.Rows ? across : across * ((g.OutputHeight + Lines - 1) / Lines);
    }

    private static int Balanced(int rows, int tiles) => tiles > BalancedTiles ? AmxTileKernel.MaxRows : (rows + tiles - 1) / tiles;
}
