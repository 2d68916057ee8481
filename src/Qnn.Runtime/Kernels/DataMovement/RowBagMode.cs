namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>What becomes of the rows of a bag. The numbers are part of the artifact format.</summary>
internal enum RowBagMode
{
    /// <summary>Their sum, in order; rows with weights join it with one rounding.</summary>
    Sum = 0,

    /// <summary>Their sum divided by their number.</summary>
    Mean = 1,

    /// <summary>The greatest of each column.</summary>
    Max = 2,
}
