namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>The order in which a window's elements are added up for their average. The numbers are part of the artifact format.</summary>
internal enum PoolOrder
{
    /// <summary>Row after row; divided by their number.</summary>
    Rows = 0,
    /// <summary>By columns, nine elements at a time, and multiplied by the reciprocal of their number: XNNPACK.</summary>
    Nines = 1,
    /// <summary>Each column from the top, then the columns from the left; divided by their number: MLAS.</summary>
    Columns = 2,
}
