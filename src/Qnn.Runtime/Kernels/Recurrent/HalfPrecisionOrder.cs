namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>The order in which FBGEMM adds products with half-precision weights (FbgemmFP16.cc, its kernels for AVX-512).</summary>
internal static class HalfPrecisionOrder
{
    /// <summary>Rows of weights in a block. Each block goes on with the sums of those before it.</summary>
    public const int Depth = 512;

    /// <summary>Columns in a block. Those at the end that do not fill one have a sum for each block of <see cref="Depth"/> rows, which are added up.</summary>
    public const int Columns = 32;
}
