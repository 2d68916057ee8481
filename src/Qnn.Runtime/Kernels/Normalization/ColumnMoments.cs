namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>
/// Mean and variance as PyTorch takes them of groups of channels that lie last (group_norm_kernel.cpp: ColumnwiseMoments, and CalcMeanVar for pictures of 1024 pixels and more): sums of the elements and of their squares down each column,
/// a square joining its sum with one rounding; the columns' sums are eight lanes, whose halves are added until one is left, or are added in order. mean = sum * (1 / count), variance = fma(squares, 1 / count, -(mean * mean)), 0 at least.
/// </summary>
internal static unsafe class ColumnMoments
{
    /// <summary>Columns whose sums are added in pairs.</summary>
    public const int Pairs = 8;

    /// <summary>Of a matrix of whole lines; <paramref name="scratch"/> holds two numbers a column.</summary>
    public static (float Mean, float Variance) Of(float* x, int length, int columns, float inverse, bool inPairs, float* scratch)
    {
        float* sums = scratch, squares = scratch + columns;
        new Span<float>(scratch, 2 * columns).Clear();
        for (float* line = x; line < x + length; line += columns)
        {
            for (int c = 0; c < columns; c++)
            {
                sums[c] += line[c];
                squares[c] = MathF.FusedMultiplyAdd(line[c], line[c], squares[c]);
            }
        }
        float mean = Total(sums, columns, inPairs) * inverse;
        return (mean, MathF.Max(MathF.FusedMultiplyAdd(Total(squares, columns, inPairs), inverse, -(mean * mean)), 0));
    }

    private static float Total(float* sums, int columns, bool inPairs)
    {
        float total = 0;
        if (!inPairs) for (int c = 0; c < columns; c++) total += sums[c];
        else
        {
            for (int half = columns / 2; half > 0; half /= 2)
            {
                for (int c = 0; c < half; c++) sums[c] += sums[c + half];
            }
            total = sums[0];
        }
        return total;
    }
}
