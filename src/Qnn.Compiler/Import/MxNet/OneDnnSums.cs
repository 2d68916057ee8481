using Qnn.Compiler.Ir;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>
/// The order in which oneDNN 2.6 adds float products on CPUs with AVX-512, by the implementation that it takes.
/// MXNet passes over implementations that would pad channels, so it is the channels that decide.
/// </summary>
internal static class OneDnnSums
{
    /// <summary>Of an inner product: a single row is multiplied as a vector.</summary>
    public static FloatSum Dense(Shape data) => data.ElementCount == data[-1] ? FloatSum.FusedLanes : FloatSum.FusedBiasLast;

    /// <summary>Of a depthwise convolution: brdgmm_dw, jit_dw:avx2 or a product of matrices for each channel.</summary>
    public static FloatSum Depthwise(int channels) => channels % 16 != 0 && channels % 8 == 0 ? FloatSum.FusedFromBias : FloatSum.FusedBiasLast;

    /// <summary>Of any other convolution.</summary>
    /// <param name="window">Window and padding.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="inputs">Input channels of a group.</param>
    /// <param name="outputs">Output channels of a group.</param>
    /// <param name="pixels">Pixels of a result.</param>
    public static FloatSum Convolution(Window2D window, int groups, int inputs, int outputs, int pixels)
    {
        if (groups > 1) return Grouped(inputs, outputs);
        bool pointwise = window is { KernelHeight: 1, KernelWidth: 1, PadTop: 0, PadLeft: 0, PadBottom: 0, PadRight: 0 };
        if (outputs % 16 == 0) return pointwise && inputs % 16 == 0 && PadsBlocksOf48(outputs) ? FloatSum.FusedRuns256 : FloatSum.FusedBiasLast;
        if (outputs % 8 == 0 && pointwise && inputs % 8 == 0) return FloatSum.FusedRuns128;
        if (outputs % 8 == 0 && (inputs % 8 == 0 || inputs < 8)) return FloatSum.FusedEights;
        return pointwise && pixels == 1 ? FloatSum.FusedLanes : FloatSum.FusedChannels;
    }

    // jit:avx512_core and brgconv, or a product of matrices.
    private static FloatSum Grouped(int inputs, int outputs) =>
        outputs % 16 == 0 || inputs == outputs && inputs is 4 or 8 ? FloatSum.FusedBiasLast : FloatSum.FusedChannels;

    // brgconv_1x1 prefers blocks of 48 channels where they leave little unused; it is passed over where they leave anything, and jit_1x1 follows.
    private static bool PadsBlocksOf48(int outputs)
    {
        int padded = (outputs + 47) / 48 * 48;
        return padded != outputs && outputs >= 0.95f * padded;
    }
}
