using System.Runtime.Intrinsics;

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

/// <summary>A product and its addition to a sum.</summary>
internal interface IFloatProducts
{
    /// <summary>sum + a * b.</summary>
    static abstract float Add(float sum, float a, float b);

    /// <summary>sum + a * b.</summary>
    static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);
}

/// <summary>Both operations rounded.</summary>
internal readonly struct RoundedProducts : IFloatProducts
{
    public static float Add(float sum, float a, float b) => sum + a * b;

    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => sum + a * b;
}

/// <summary>Rounded once; on CPUs without such an instruction it is slow, not different.</summary>
internal readonly struct FusedProducts : IFloatProducts
{
    public static float Add(float sum, float a, float b) => MathF.FusedMultiplyAdd(a, b, sum);

    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vector256.FusedMultiplyAdd(a, b, sum);
}
