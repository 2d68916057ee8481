namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>What a reduction over axes computes. The numbers are part of the artifact format.</summary>
internal enum ReduceKind
{
    Sum = 1,
    Mean = 2,
    Product = 3,
    Max = 4,
    Min = 5,
    /// <summary>Whether one element is true.</summary>
    Any = 6,
    /// <summary>Whether all elements are true.</summary>
    All = 7,
    /// <summary>The greatest float, minus infinity where all are; <see cref="Max"/> begins with the least finite number, as TensorFlow Lite does.</summary>
    InfiniteMax = 8,
    /// <summary>The least float, infinity where all are.</summary>
    InfiniteMin = 9,
}
