namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>How a float convolution adds its products. Taps are in row-major order, channels innermost, unless said otherwise.</summary>
internal enum FloatSum
{
    /// <summary>A rounding after each multiplication and each addition; the bias last.</summary>
    Rounded = 0,

    /// <summary>Fused multiply-adds, beginning with the bias.</summary>
    FusedFromBias = 1,

    /// <summary>Fused multiply-adds, the bias last.</summary>
    FusedBiasLast = 2,

    /// <summary>Fused multiply-adds, beginning with the bias; 8 channels of all taps, then the next 8. An addend joins the bias.</summary>
    FusedEights = 3,

    /// <summary>Fused multiply-adds, each 128 channels by themselves, the first beginning with the bias, added in order. An addend joins the first sum.</summary>
    FusedRuns128 = 4,

    /// <summary>As <see cref="FusedRuns128"/>, of 256 channels.</summary>
    FusedRuns256 = 5,

    /// <summary>Fused multiply-adds; all taps of a channel, then those of the next; the bias last.</summary>
    FusedChannels = 6,

    /// <summary>A dot product in 8 lanes of fused multiply-adds, which are added in pairs; what exceeds a multiple of 16 channels as dot products of 8, 4, 2 and 1. Only for windows of one tap. The bias last.</summary>
    FusedLanes = 7,

    /// <summary>A rounding after each multiplication and each addition, beginning with the bias: XNNPACK.</summary>
    RoundedFromBias = 8,

    /// <summary>
    /// A rounding after each operation; even and odd products (of all taps, padding included) apart, then added, the last ones that do not fill eight in order; the bias last.
    /// Pixels that do not fill four are summed in order. More than 816 products are summed in blocks: Eigen's product of matrices without vectors.
    /// </summary>
    RoundedPairs = 9,

    /// <summary>As <see cref="RoundedFromBias"/>, taps in column-major order: XNNPACK's depthwise convolutions, the only ones that have it.</summary>
    RoundedByColumns = 10,

    /// <summary>A rounding after each operation; channels in 4 lanes, the first beginning with the bias, added as (0 + 2) + (1 + 3): XNNPACK's narrow tiles.</summary>
    RoundedLanes = 11,

    /// <summary>Fused multiply-adds, each channel by itself, added in order; the bias last: MLAS, of data with fewer channels than a vector.</summary>
    FusedSingles = 12,

    /// <summary>As <see cref="FusedSingles"/>, 16 channels by themselves: MLAS's blocks of channels.</summary>
    FusedBlocks = 13,

    /// <summary>As <see cref="FusedSingles"/>, 128 channels by themselves: MLAS's windows of one tap.</summary>
    FusedPoints = 14,

    /// <summary>
    /// Fused multiply-adds; all taps of a channel, then those of the next; each 128 of these products by themselves, added in order; an addend joins the first sum; the bias last:
    /// MLAS's product of the weights and what windows see. Only for windows inside the image, as are the following.
    /// </summary>
    FusedProducts128 = 15,

    /// <summary>As <see cref="FusedProducts128"/>, of 256 products: of at most 64 windows.</summary>
    FusedProducts256 = 16,

    /// <summary>As <see cref="FusedProducts128"/>, of 512 products: of at most 32 windows.</summary>
    FusedProducts512 = 17,

    /// <summary>As <see cref="FusedProducts128"/>, of 1024 products: of at most 16 windows.</summary>
    FusedProducts1024 = 18,

    /// <summary>Four products added in order, rounded apart, then two, then one; each sum joins those before it; the bias last: MLAS's product of a single row, for depthwise convolutions, the only ones that have it.</summary>
    RoundedQuads = 19,

    /// <summary>As <see cref="FusedSingles"/>, 8 channels by themselves: oneDNN's groups.</summary>
    FusedBlocks8 = 20,

    /// <summary>As <see cref="FusedSingles"/>, 4 channels by themselves: oneDNN's groups.</summary>
    FusedBlocks4 = 21,
}

/// <summary>What a <see cref="FloatSum"/> consists of.</summary>
/// <param name="Run">Channels that are summed over all taps before the next ones are; 0 for all.</param>
/// <param name="Continues">Whether a run continues the sum of the one before it, rather than begin one of its own.</param>
/// <param name="FromBias">Whether the first sum begins with the bias.</param>
/// <param name="Products">Products, all taps of a channel and then those of the next, that are summed by themselves; 0 where channels are counted.</param>
internal readonly record struct FloatSumOrder(int Run, bool Continues, bool FromBias, int Products = 0)
{
    public static FloatSumOrder Of(FloatSum sum) => sum switch
    {
        FloatSum.FusedFromBias or FloatSum.RoundedFromBias or FloatSum.RoundedByColumns or FloatSum.RoundedLanes => new(0, false, true),
        FloatSum.FusedEights => new(8, true, true),
        FloatSum.FusedRuns128 => new(128, false, true),
        FloatSum.FusedRuns256 => new(256, false, true),
        FloatSum.FusedChannels => new(1, true, false),
        FloatSum.FusedSingles => new(1, false, false),
        FloatSum.FusedBlocks => new(16, false, false),
        FloatSum.FusedBlocks8 => new(8, false, false),
        FloatSum.FusedBlocks4 => new(4, false, false),
        FloatSum.FusedPoints => new(128, false, false),
        FloatSum.FusedProducts128 => new(1, false, false, 128),
        FloatSum.FusedProducts256 => new(1, false, false, 256),
        FloatSum.FusedProducts512 => new(1, false, false, 512),
        FloatSum.FusedProducts1024 => new(1, false, false, 1024),
        _ => new(0, false, false),
    };

    /// <summary>Whether products are rounded before they are added.</summary>
    public static bool IsRounded(FloatSum sum) => sum is FloatSum.Rounded or FloatSum.RoundedFromBias or FloatSum.RoundedPairs or FloatSum.RoundedByColumns or FloatSum.RoundedLanes or FloatSum.RoundedQuads;

    /// <summary>Whether it consists of runs of channels or products, or of one.</summary>
    public static bool IsRuns(FloatSum sum) => sum is not (FloatSum.RoundedPairs or FloatSum.RoundedLanes or FloatSum.RoundedByColumns or FloatSum.RoundedQuads or FloatSum.FusedLanes);

    /// <summary>Whether it is for windows that see no padding.</summary>
    public static bool IsInside(FloatSum sum) => sum is FloatSum.RoundedQuads || Of(sum).Products > 0;

    /// <summary>The order of products that are summed so many at a time: 128, 256, 512 or 1024.</summary>
    public static FloatSum OfProducts(int run) => run switch
    {
        128 => FloatSum.FusedProducts128,
        256 => FloatSum.FusedProducts256,
        512 => FloatSum.FusedProducts512,
        1024 => FloatSum.FusedProducts1024,
        _ => throw new ArgumentOutOfRangeException(nameof(run)),
    };

    /// <summary>Whether an addend is there when the first sum begins.</summary>
    public bool FromAddend => Continues && FromBias;

    /// <summary>Whether an addend joins the first of several sums.</summary>
    public bool AddsToFirst => !Continues && Run > 0;
}
