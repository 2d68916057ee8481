namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>Tiles of an image that are computed together.</summary>
/// <param name="FirstLine">The first line of tiles.</param>
/// <param name="Lines">The lines of tiles.</param>
/// <param name="FirstColumn">The first column of tiles.</param>
/// <param name="Columns">The columns of tiles.</param>
internal readonly record struct WinogradItem(int FirstLine, WinogradAxis Lines, int FirstColumn, WinogradAxis Columns)
{
    /// <summary>Kinds of places, by the tiles that have them.</summary>
    public const int Kinds = 4;

    /// <summary>All tiles.</summary>
    public int Tiles => Lines.Tiles * Columns.Tiles;

    /// <summary>The places of a kind: those that all tiles have; the sixth column, which wide columns have; the sixth line; and where these meet.</summary>
    public static int Places(int kind) => kind switch { 0 => 25, 1 or 2 => 5, _ => 1 };

    /// <summary>The tiles that have the places of a kind.</summary>
    public int TilesOf(int kind) => (kind < 2 ? Lines.Tiles : Lines.Wide) * (kind % 2 == 0 ? Columns.Tiles : Columns.Wide);
}
