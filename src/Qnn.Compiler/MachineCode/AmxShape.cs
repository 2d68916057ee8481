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

    private static int Balanced(int rows, int tiles) => tiles > BalancedTiles ? AmxTileKernel.MaxRows : (rows + tiles - 1) / tiles;
}
