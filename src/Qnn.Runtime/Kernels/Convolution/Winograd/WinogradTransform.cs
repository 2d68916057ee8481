using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// Winograd's minimal filtering F(4x4, 3x3) in whole numbers: sixteen outputs of a window of 3 x 3 take 36 products an input and output channel instead of 144
/// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015: points 0, 1, -1, 2, -2 and infinity).
/// Where sides are no multiple of four, some tiles have three outputs, for which five of the points do, with the same weights: 14 outputs are 4 + 4 + 3 + 3 at 22 points instead of 24.
/// <para>
/// The transform of weights, G, has sixths and twenty-fourths. It is taken 24 times, but its second and third row 6 times and its last one 3 times, which the inverse transform makes good:
/// 6 0 0 | 1 1 1 | 1 -1 1 | 1 2 4 | 0 0 3 | 1 -2 4. What comes out is 24 * 24 = 576 = 64 * 9 times the sum.
/// Everything is computed modulo 2^32, where 9 has an inverse: after it, the upper 26 bits are the sum's, exact if it lies within 2^25.
/// With inputs less 128 it does if a channel's weights have absolute values of at most 2^18 - 1 together (<see cref="MostWeights"/>), as up to 227 input channels always have.
/// </para>
/// <para>
/// Transformed inputs lie within 100 * 128 and weights within 49 * 128, so numbers of 16 bits hold both. Inputs less 128 are those of bytes as they are, but for the place of 1 and 1:
/// all other rows of the inputs' transforms are polynomials that are zero at 1 (<see cref="IMinimalFilter.Ones"/>).
/// </para>
/// </summary>
internal static unsafe class WinogradTransform
{
    /// <summary>Lines and columns of inputs of a tile.</summary>
    public const int Patch = 6;

    /// <summary>Products of a tile.</summary>
    public const int Places = Patch * Patch;

    /// <summary>The places of a line or column that all tiles have.</summary>
    public const int InnerPlaces = 5;

    /// <summary>The inverse of 9 modulo 2^32.</summary>
    public const int InverseOf9 = 0x38E38E39;

    /// <summary>The bits of 576 that are zeros.</summary>
    public const int SumShift = 6;

    /// <summary>Numbers of 16 bits after each place of weights and inputs, a line of the cache: see <see cref="WinogradLayout"/>.</summary>
    public const int WeightPadding = 32, InputPadding = 32;

    /// <summary>Likewise of 32 bits, after each place of products.</summary>
    public const int ProductPadding = 16;

    // The most that the absolute weights of a channel may sum up to: 128 times it is below 2^25.
    private const int MostWeights = (1 << 18) - 1;

    // Transformed weights are kept up to this, where they come from a cache faster than they are transformed.
    private const long MostKeptBytes = 1280 << 10;

    /// <summary>Whether a convolution can be computed so, on vectors of <paramref name="width"/> numbers of 16 bits.</summary>
    public static bool Suits(in ConvolutionDescription description, int width)
    {
        var g = description.Geometry;
        bool isPlain = g is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1 };
        if (!isPlain || g.GroupInputs % width != 0 || description.Weights.RemainderStarts != null) return false;
        return WeightsFit(g, description.Weights);
    }

    /// <summary>Whether transformed weights are kept: up to those of 128 to 128 channels. Others are transformed for some fifty tiles at a time.</summary>
    public static bool KeepsWeights(in ConvolutionGeometry g) => (long)g.Blocks * Places * g.GroupInputs * 16 * sizeof(short) <= MostKeptBytes;

    /// <summary>
    /// What it costs where products of two numbers of 16 bits and their addition are two instructions, beside products of four bytes at their limit.
    /// 36 products of two for 144 of four, more where tiles reach over the edge; transforms of outputs and inputs, which take more of few channels; and weights, which are read or transformed for all tiles.
    /// The numbers fit what fourteen layers of 32 to 256 channels took on a Zen 5 within a tenth.
    /// </summary>
    public static double Cost(in ConvolutionGeometry g) => 8.9 * Products(g) * (1 + 12.0 / g.OutputChannels + 20.0 / g.GroupInputs + WeightCost(g, 5));

    /// <summary>Likewise, where both are one instruction, as in machine code. The numbers fit twenty layers of 64 to 256 channels on a Zen 4 within a tenth; of 32 they take that much more.</summary>
    public static double NativeCost(in ConvolutionGeometry g) => 8.1 * Products(g) * (1 + 13.0 / g.OutputChannels + 13.0 / g.GroupInputs + WeightCost(g, 7));

    // Beside 36 for sixteen outputs.
    private static double Products(in ConvolutionGeometry g) => (double)WinogradAxis.Of(g.OutputHeight).Points * WinogradAxis.Of(g.OutputWidth).Points / Places / (g.OutputHeight * g.OutputWidth);

    // Beside products: weights are transformed in the time of so many tiles for each item, or read.
    private static double WeightCost(in ConvolutionGeometry g, double tiles)
    {
        var tiling = WinogradTiling.Create(g);
        return KeepsWeights(g) ? 0.5 / (tiling.Lines.Tiles * tiling.Columns.Tiles) : tiles * tiling.Items / (tiling.Lines.Tiles * tiling.Columns.Tiles);
    }

    /// <summary>In each four bytes, the first two become numbers of 16 bits when these are shifted right by 8.</summary>
    public static Vector128<byte> FirstPairs => Vector128.Create((byte)128, 0, 128, 1, 128, 4, 128, 5, 128, 8, 128, 9, 128, 12, 128, 13);

    /// <summary>Likewise the last two.</summary>
    public static Vector128<byte> SecondPairs => Vector128.Create((byte)128, 2, 128, 3, 128, 6, 128, 7, 128, 10, 128, 11, 128, 14, 128, 15);

    // Whether no channel's sum can leave 26 bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool WeightsFit(in ConvolutionGeometry g, in PackedWeights weights)
    {
        if (g.Depth * 128L <= MostWeights) return true;
        for (int block = 0; block < g.Blocks; block++)
        {
            Vector256<int> low = default, high = default;
            sbyte* step = weights.Block(g, 0, block).Steps;
            for (int i = 0; i < g.DepthSteps; i++, step += PackedWeights.StepBytes)
            {
                low += Magnitudes(step);
                high += Magnitudes(step + 32);
            }
            if (Vector256.GreaterThanAny(Vector256.Max(low, high), Vector256.Create(MostWeights))) return false;
        }
        return true;
    }

    // Of each four bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Magnitudes(sbyte* step)
    {
        var four = Vector256.Load(step).AsInt32();
        return Vector256.Abs(four << 24 >> 24) + Vector256.Abs(four << 16 >> 24) + Vector256.Abs(four << 8 >> 24) + Vector256.Abs(four >> 24);
    }
}
