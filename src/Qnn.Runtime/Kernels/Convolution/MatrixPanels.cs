namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// How a constant matrix [K, N] of a product lies: thirty-two columns of all rows, then the next thirty-two; the last sixteen columns or less are padded to sixteen, more to thirty-two.
/// So what is read lies side by side, where rows of a large matrix would fall into the same few sets of the cache.
/// </summary>
internal static class MatrixPanels
{
    /// <summary>Columns of a panel, and of one that is half as wide.</summary>
    public const int Columns = 32, Half = 16;

    // A matrix that fits into the first-level cache is read as it is.
    private const int LightBytes = 24 * 1024;

    /// <summary>Whether a constant matrix is stored in panels.</summary>
    public static bool Takes(int rows, int columns) => columns >= Half && (long)rows * columns * sizeof(float) > LightBytes;

    /// <summary>Columns of the panel that begins at a column.</summary>
    public static int Width(int column, int columns) => columns - column > Half ? Columns : Half;

    /// <summary>Columns of all panels.</summary>
    public static int Padded(int columns) => columns == 0 ? 0 : (columns - 1) / Columns * Columns + Width((columns - 1) / Columns * Columns, columns);

    /// <summary>A matrix in panels.</summary>
    public static float[] Pack(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        var panels = new float[checked(rows * Padded(columns))];
        for (int column = 0; column < columns; column += Columns)
        {
            int width = Width(column, columns), count = Math.Min(width, columns - column);
            for (int row = 0; row < rows; row++) matrix.Slice(row * columns + column, count).CopyTo(panels.AsSpan(column * rows + row * width));
        }
        return panels;
    }
}
