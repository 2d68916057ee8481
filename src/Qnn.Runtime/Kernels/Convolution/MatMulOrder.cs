namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Orders of the products of a matrix product that are no runs: <see cref="BatchMatMulParameters.FusedRun"/> where it is negative. The numbers are part of the artifact format.</summary>
internal static class MatMulOrder
{
    /// <summary>Of a single row: four products added in order, rounded apart, then two, then one; each sum joins those before it (MLAS's kernel for M = 1).</summary>
    public const int Quads = -1;

    /// <summary>
    /// With a single column: products rounded apart, in eight lanes. Of four rows together lanes are added as (((0 + 1) + 2) + 3) + (((4 + 5) + 6) + 7),
    /// of two that are left as ((0 + 2) + (4 + 6)) + ((1 + 3) + (5 + 7)), of one as ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)) (MLAS's kernel for transposed matrices).
    /// </summary>
    public const int Lanes = -2;
}
