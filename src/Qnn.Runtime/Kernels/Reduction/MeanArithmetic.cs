namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>How the sum of a quantized reduction becomes its result. The numbers are part of the artifact format.</summary>
internal enum MeanArithmetic
{
    /// <summary>y = fp(sum + SumOffset) + OffsetOut, with a <c>FixedPoint</c> factor.</summary>
    FixedPoint = 1,
    /// <summary>y = rint((float)(sum + SumOffset) * Factor + Bias) + OffsetOut, ties to even.</summary>
    Float32NearestEven = 2,
    /// <summary>y = round(sum * Factor + Bias) + OffsetOut in float, ties away from zero.</summary>
    Float32BiasAway = 3,
}
