using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// Winograd's minimal filtering F(4x4, 3x3) in whole numbers: sixteen outputs of a window of 3 x 3 take 36 products an input and output channel instead of 144
/// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015: points 0, 1, -1, 2, -2 and infinity).
/// <para>
/// The transform of weights, G, has sixths and twenty-fourths. It is taken 24 times, but its second and third row 6 times and its last one 3 times, which the inverse transform makes good by shifts:
/// 6 0 0 | -1 -1 -1 | -1 1 -1 | 1 2 4 | 1 -2 4 | 0 0 3. What comes out is 24 * 24 = 576 = 64 * 9 times the sum.
/// Everything is computed modulo 2^32, where 9 has an inverse: after it, the upper 26 bits are the sum's, exact if it lies within 2^25.
/// With inputs less 128 it does if a channel's weights have absolute values of at most 2^18 - 1 together (<see cref="MostWeights"/>), as up to 227 input channels always have.
/// </para>
/// <para>Transformed inputs lie within 100 * 128 and weights within 49 * 128, so numbers of 16 bits hold both.</para>
/// </summary>
internal static unsafe class WinogradTransform
{
    /// <summary>Lines and columns of outputs of a tile.</summary>
    public const int Tile = 4;

    /// <summary>Lines and columns of inputs of a tile.</summary>
    public const int Patch = 6;

    /// <summary>Products of a tile.</summary>
    public const int Places = Patch * Patch;

    /// <summary>The inverse of 9 modulo 2^32.</summary>
    public const int InverseOf9 = 0x38E38E39;

    /// <summary>The bits of 576 that are zeros.</summary>
    public const int SumShift = 6;

    // The most that the absolute weights of a channel may sum up to: 128 times it is below 2^25.
    private const int MostWeights = (1 << 18) - 1;

    // Weights beyond this do not stay in a last-level cache; and what a layer's may take of memory at all.
    private const long CachedWeightBytes = 8 << 20, MostWeightBytes = 32 << 20;

    /// <summary>Whether a convolution can be computed so, on vectors of <paramref name="width"/> numbers of 16 bits.</summary>
    public static bool Suits(in ConvolutionDescription description, int width)
    {
        var g = description.Geometry;
        bool isPlain = g is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1 };
        if (!isPlain || g.GroupInputs % width != 0 || description.Weights.RemainderStarts != null) return false;
        return WeightBytes(g) <= MostWeightBytes && WeightsFit(g, description.Weights);
    }

    /// <summary>
    /// What it costs where products of two numbers of 16 bits and their addition are two instructions, beside products of four bytes at their limit.
    /// 36 products of two for 144 of four, more where tiles reach over the edge; transforms of outputs and inputs, which take more of few channels; and weights, which are read for all tiles.
    /// The numbers fit what fourteen layers of 32 to 256 channels took on a Zen 5 within a tenth.
    /// </summary>
    public static double Cost(in ConvolutionGeometry g)
    {
        double tiles = (double)g.Batch * Tiles(g.OutputHeight) * Tiles(g.OutputWidth);
        return 8.9 * tiles / g.Pixels * (1 + 12.0 / g.OutputChannels + 20.0 / g.GroupInputs + (IsCached(g) ? 6 : 24) / tiles);
    }

    /// <summary>Likewise, where both are one instruction, as in machine code. The numbers fit twenty layers of 64 to 256 channels on a Zen 4 within a tenth; of 32 they take that much more.</summary>
    public static double NativeCost(in ConvolutionGeometry g)
    {
        double tiles = (double)g.Batch * Tiles(g.OutputHeight) * Tiles(g.OutputWidth);
        return 8.1 * tiles / g.Pixels * (1 + 13.0 / g.OutputChannels + 13.0 / g.GroupInputs + (IsCached(g) ? 0.5 : 13) / tiles);
    }

    // Weights from memory come as fast as some thirteen tiles are multiplied by them.
    private static bool IsCached(in ConvolutionGeometry g) => WeightBytes(g) <= CachedWeightBytes;

    private static long WeightBytes(in ConvolutionGeometry g) => WinogradWeights.Elements(g) * sizeof(short);

    /// <summary>Tiles along an axis.</summary>
    public static int Tiles(int outputs) => (outputs + Tile - 1) / Tile;

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
