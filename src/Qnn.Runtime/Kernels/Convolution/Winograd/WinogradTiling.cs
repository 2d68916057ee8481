namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// How the tiles of a transformed convolution are divided into items of work: some lines of tiles, or a part of a long line.
/// So many of them that weights, which each item reads, are few beside their products, and no more, as inputs and products are to stay in the second-level cache (28 are as fast, 56 slower).
/// </summary>
/// <param name="Lines">Lines of tiles of an image.</param>
/// <param name="Columns">Tiles of a line.</param>
/// <param name="ItemLines">Lines of tiles of an item; the last one may have fewer.</param>
/// <param name="ColumnItems">Items that a line is divided into.</param>
internal readonly record struct WinogradTiling(int Lines, int Columns, int ItemLines, int ColumnItems)
{
    /// <summary>Blocks of sixteen outputs that machine code multiplies together, where there are so many.</summary>
    public const int MostNativeBlocks = 2;

    private const int WantedTiles = 14, MostTiles = 28;

    /// <summary>That of a layer.</summary>
    public static WinogradTiling Create(in ConvolutionGeometry g)
    {
        int lines = WinogradTransform.Tiles(g.OutputHeight), columns = WinogradTransform.Tiles(g.OutputWidth);
        return new WinogradTiling(lines, columns, Math.Clamp((WantedTiles + columns - 1) / columns, 1, lines), (columns + MostTiles - 1) / MostTiles);
    }

    /// <summary>Tiles of each item of an image, of all its blocks.</summary>
    public IEnumerable<int> TilesOfItems()
    {
        for (int line = 0; line < LineItems; line++)
            for (int column = 0; column < ColumnItems; column++) yield return LinesOf(line) * (FirstColumn(column + 1) - FirstColumn(column));
    }

    /// <summary>Items that the lines are divided into.</summary>
    public int LineItems => (Lines + ItemLines - 1) / ItemLines;

    /// <summary>The most tiles of an item.</summary>
    public int ItemTiles => ItemLines * ((Columns + ColumnItems - 1) / ColumnItems);

    /// <summary>Lines of tiles of one of <see cref="LineItems"/>.</summary>
    public int LinesOf(int lineItem) => Math.Min(ItemLines, Lines - lineItem * ItemLines);

    /// <summary>The first column of one of <see cref="ColumnItems"/>.</summary>
    public int FirstColumn(int columnItem) => (int)((long)columnItem * Columns / ColumnItems);
}
