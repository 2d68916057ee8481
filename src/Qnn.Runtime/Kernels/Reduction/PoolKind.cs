namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>What a pooling window computes. The numbers are part of the artifact format.</summary>
internal enum PoolKind
{
    /// <summary>The mean of the elements inside the input; padding does not count.</summary>
    Average = 1,
    /// <summary>The largest element inside the input.</summary>
    Max = 2,
    /// <summary>sqrt(mean of squares) of the elements inside the input.</summary>
    L2 = 3,
}
