namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>The order in which a row of floats is added up; unless said otherwise four lanes at a time, of which 0 and 2, 1 and 3, then both, are added at the end, then what is left of the row, in order. The numbers are part of the artifact format.</summary>
internal enum RowSumOrder
{
    /// <summary>MLAS: vectors one after the other, from the first element on.</summary>
    Lanes = 1,
    /// <summary>Eigen, with SSE: even and odd vectors apart, then a vector that is left, from the first element on.</summary>
    PairedLanes = 2,
    /// <summary>Eigen on memory: the same from the first element that lies on a boundary of 16 bytes, those before it being added last but the rest.</summary>
    AlignedPairedLanes = 3,
    /// <summary>MLAS's exponentials: sixteen lanes, what does not fill them among the first; those eight apart added, then in neighbouring pairs.</summary>
    Sixteens = 4,
}
