namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Orders of the products of a matrix product that are no runs: <see cref="BatchMatMulParameters.FusedRun"/> where it is negative. The numbers are part of the artifact format.</summary>
internal static class MatMulOrder
{
    /// <summary>Of a single row: four products added in order, rounded apart, then two, then one; each sum joins those before it (MLAS's kernel for M = 1).</summary>
    public const int Quads = -1;

    /// <summary>How many of the products that are left <see cref="Quads"/> adds up next.</summary>
    public static int QuadLength(int left) => left >= 4 ? 4 : left >= 2 ? 2 : 1;

    /// <summary>
    /// With a single column: products rounded apart, in eight lanes. Of four rows together lanes are added as (((0 + 1) + 2) + 3) + (((4 + 5) + 6) + 7),
    /// of two that are left as ((0 + 2) + (4 + 6)) + ((1 + 3) + (5 + 7)), of one as ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)) (MLAS's kernel for transposed matrices).
    /// </summary>
    public const int Lanes = -2;

    /// <summary>
    /// Dot products by vectors of four, everything rounded: the products in front of the row's first element on a boundary of 16 bytes (<see cref="BatchMatMulParameters.Alignment"/>) join lane 0 in order;
    /// then product i joins lane i mod 4, and the lanes are added as (0 + 2) + (1 + 3); the rest follows in order. Columns that do not fill four have eight lanes, of which those four apart are added first (MKL, small matrices).
    /// </summary>
    public const int Dots = -3;

    /// <summary>
    /// In the order of k, everything rounded, beginning with the addend. Of the columns in front of the result's first element of a row on a boundary of 16 bytes, where four follow it,
    /// each second four of the products are added up before they join the sum (MKL, small matrices; rows).
    /// </summary>
    public const int Columns = -4;

    /// <summary>
    /// Of a single row, as <see cref="Dots"/>: in front of the lanes are as many products as do not fill four, or four. The first of the columns that do not fill four has four in front, then eight lanes, then what does not fill eight;
    /// so has the third; the second has four lanes where there is another (MKL's product of a matrix and a vector).
    /// </summary>
    public const int Vector = -5;

    /// <summary>Of a recurrent state: in order, each product joining with one rounding what the inputs' gates have summed up so far (oneDNN, inputs as wide as the state).</summary>
    public const int Continued = -6;
}
