namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// How the numbers of an item's tiles lie: by kind of place, place, tile that has such places, and so many numbers for each tile.
/// After each place there are some more, as places that lie a power of two apart would fall into the same sets of a cache: with them a layer takes a tenth less.
/// </summary>
internal readonly struct WinogradLayout
{
    private readonly WinogradPlaces _first;
    private readonly nint _line, _wideLine;

    /// <summary>That of an item, of <paramref name="width"/> numbers for each tile and <paramref name="padding"/> after each place.</summary>
    public WinogradLayout(in WinogradItem item, nint width, nint padding)
    {
        (_line, _wideLine) = (item.Columns.Tiles * width, item.Columns.Wide * width);
        nint innerStep = item.TilesOf(0) * width + padding, rightStep = item.TilesOf(1) * width + padding, belowStep = item.TilesOf(2) * width + padding;
        nint right = WinogradItem.Places(0) * innerStep, below = right + WinogradItem.Places(1) * rightStep;
        _first = new WinogradPlaces { InnerStep = innerStep, Right = right, RightStep = rightStep, Below = below, BelowStep = belowStep, Corner = below + WinogradItem.Places(2) * belowStep };
    }

    /// <summary>Numbers of an item of at most so many tiles.</summary>
    public static nint Elements(int tiles, nint width, nint padding) => WinogradTransform.Places * (tiles * width + padding);

    /// <summary>Where the places of the first tile of a line are.</summary>
    public WinogradPlaces OfLine(int line)
    {
        nint all = line * _line, wide = line * _wideLine;
        return _first with { Inner = all, Right = _first.Right + wide, Below = _first.Below + all, Corner = _first.Corner + wide };
    }
}

/// <summary>Offsets of the places of a tile, in numbers.</summary>
internal struct WinogradPlaces
{
    /// <summary>Five lines of five places.</summary>
    public nint Inner, InnerStep;
    /// <summary>The sixth of each of these lines.</summary>
    public nint Right, RightStep;
    /// <summary>Five places of the sixth line.</summary>
    public nint Below, BelowStep;
    /// <summary>The last place.</summary>
    public nint Corner;

    /// <summary>Goes to the next tile of the line, so many numbers on.</summary>
    public void Advance(nint width)
    {
        Inner += width;
        Right += width;
        Below += width;
        Corner += width;
    }
}
