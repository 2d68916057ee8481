namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>What is said of a row beside its mean. The numbers are part of the artifact format.</summary>
internal enum RowMomentsKind
{
    /// <summary>The sum of squared distances from the mean by the count less a correction, in double precision.</summary>
    Variance = 1,

    /// <summary>Its root.</summary>
    Deviation = 2,

    /// <summary>1 / sqrt(variance + epsilon), in double precision.</summary>
    Inverse = 3,

    /// <summary>1 / sqrt(variance + epsilon) in double precision, the variance being that of <see cref="LaneMoments"/>.</summary>
    LaneInverse = 4,

    /// <summary>1 / sqrt(variance + epsilon) in double precision, by <see cref="ColumnMoments"/>: a row is a matrix, whose columns' sums are added in pairs.</summary>
    PairedColumnInverse = 5,

    /// <summary>The same, the columns' sums being added in order.</summary>
    ColumnInverse = 6,
}
