namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>Tiles along an axis, or some of them: those of four outputs (<see cref="FilterOfFour"/>), then those of three (<see cref="FilterOfThree"/>).</summary>
/// <param name="Wide">Tiles of four.</param>
/// <param name="Narrow">Tiles of three.</param>
internal readonly record struct WinogradAxis(int Wide, int Narrow)
{
    /// <summary>Tiles.</summary>
    public int Tiles => Wide + Narrow;

    /// <summary>What they are multiplied at: six places a wide one, five a narrow one.</summary>
    public int Points => 6 * Wide + 5 * Narrow;

    /// <summary>The outputs before a tile, or of all.</summary>
    public int Start(int tile) => 4 * Math.Min(tile, Wide) + 3 * Math.Max(tile - Wide, 0);

    /// <summary>The tiles of so many outputs that have the fewest points. The last one may reach over the end.</summary>
    public static WinogradAxis Of(int outputs)
    {
        int narrow = -outputs & 3;
        return 3 * narrow <= outputs ? new WinogradAxis((outputs - 3 * narrow) / 4, narrow) : new WinogradAxis(0, (outputs + 2) / 3);
    }

    /// <summary>Some of the tiles.</summary>
    public WinogradAxis Part(int first, int count)
    {
        int wide = Math.Clamp(Wide - first, 0, count);
        return new WinogradAxis(wide, count - wide);
    }
}
