namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// How the tiles of a transformed convolution are divided into items of work: some lines of tiles, or a part of a long line.
/// So many of them that weights, which each item reads, are few beside their products, and no more, as inputs and products are to stay in the second-level cache (28 are as fast, 56 slower);
/// more where weights are transformed for each item.
/// </summary>
/// <param name="Lines">Lines of tiles of an image.</param>
/// <param name="Columns">Tiles of a line.</param>
/// <param name="ItemLines">Lines of tiles of an item; the last one may have fewer.</param>
/// <param name="ColumnItems">Items that a line is divided into.</param>
internal readonly record struct WinogradTiling(WinogradAxis Lines, WinogradAxis Columns, int ItemLines, int ColumnItems)
{
    /// <summary>Blocks of sixteen outputs that machine code multiplies together, where there are so many.</summary>
    public const int MostNativeBlocks = 2;

    private const int WantedTiles = 14, WantedTilesOfTransformed = 48;

    /// <summary>That of a layer.</summary>
    public static WinogradTiling Create(in ConvolutionGeometry g)
    {
        int wanted = WinogradTransform.KeepsWeights(g) ? WantedTiles : WantedTilesOfTransformed, most = wanted * 2;
        WinogradAxis lines = WinogradAxis.Of(g.OutputHeight), columns = WinogradAxis.Of(g.OutputWidth);
        return new WinogradTiling(lines, columns, Math.Clamp((wanted + columns.Tiles - 1) / columns.Tiles, 1, lines.Tiles), (columns.Tiles + most - 1) / most);
    }

    /// <summary>Items of an image.</summary>
    public int Items => LineItems * ColumnItems;

    /// <summary>The most tiles of an item.</summary>
    public int MostTiles => ItemLines * ((Columns.Tiles + ColumnItems - 1) / ColumnItems);

    /// <summary>One of <see cref="Items"/>.</summary>
    public WinogradItem this[int item]
    {
        get
        {
            int line = item / ColumnItems * ItemLines, column = FirstColumn(item % ColumnItems);
            return new WinogradItem(line, Lines.Part(line, Math.Min(ItemLines, Lines.Tiles - line)), column, Columns.Part(column, FirstColumn(item % ColumnItems + 1) - column));
        }
    }

    private int LineItems => (Lines.Tiles + ItemLines - 1) / ItemLines;

    private int FirstColumn(int columnItem) => (int)((long)columnItem * Columns.Tiles / ColumnItems);
}
