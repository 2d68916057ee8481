namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>
/// How an int32 accumulator times a real multiplier becomes an integer. Frameworks round differently; an importer states which one the model was made for.
/// (q, e) is the multiplier as q * 2^(e - 31), q in [2^30, 2^31). The numbers are part of the artifact format.
/// </summary>
internal enum RequantizeArithmetic
{
    /// <summary>None: the accumulator itself is the result.</summary>
    None = 0,
    /// <summary>
    /// gemmlowp: RoundingDivideByPOT(SaturatingRoundingDoublingHighMul(acc &lt;&lt; max(e, 0), q), max(-e, 0)); the first rounds halves up, the second halves away from zero.
    /// </summary>
    FixedPointDouble = 1,
    /// <summary>One rounding, halves up: (acc * q + 2^(30 - e)) >> (31 - e) in 64 bits.</summary>
    FixedPointSingle = 2,
    /// <summary>rint((float)acc * (float)multiplier), halves to even.</summary>
    Float32NearestEven = 3,
    /// <summary>For 64-bit accumulators of 16-bit data: r being the top 16 bits of q, rounded, (acc * r + 2^(14 - e)) >> (15 - e) in 64 bits.</summary>
    FixedPointWide = 4,
    /// <summary>For 64-bit accumulators: (double)acc * multiplier, halves away from zero.</summary>
    Float64Away = 5,
    /// <summary>FBGEMM: rint(((float)acc + (float)bias) * (float)multiplier), halves to even; every step rounds. The float bias is an accumulator's, in units of its scale.</summary>
    Float32Bias = 20,
    /// <summary>oneDNN: rint(((float)acc * (float)multiplier + (float)bias) * (float)reciprocal + zero point), halves to even; every step rounds, and the zero point is added before. The reciprocal is that of the result's scale.</summary>
    Float32Stepped = 21,
}
