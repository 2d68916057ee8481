namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>How a float convolution adds its products: taps in row-major order, channels innermost.</summary>
internal enum FloatSum
{
    /// <summary>A rounding after each multiplication and each addition; the bias last.</summary>
    Rounded = 0,

    /// <summary>Fused multiply-adds, beginning with the bias: oneDNN's depthwise and 1x1 convolutions, and those with channels that do not fill AVX-512's vectors.</summary>
    FusedFromBias = 1,

    /// <summary>Fused multiply-adds, each 16 channels summed over all taps from 0 and added to those before, the bias to the first: oneDNN's other convolutions.</summary>
    FusedBlocks = 2,
}

/// <summary>Numbers that belong to <see cref="FloatSum"/>.</summary>
internal static class FloatSums
{
    /// <summary>Channels that <see cref="FloatSum.FusedBlocks"/> sums by themselves.</summary>
    public const int ChannelBlock = 16;
}
