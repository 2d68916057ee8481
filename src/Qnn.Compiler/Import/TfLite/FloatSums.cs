using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>The order in which a kernel set adds the products of float layers; the recordings are of its WebAssembly build, which has no fused operations, and no vectors in Eigen.</summary>
internal static class FloatSums
{
    // Outputs of XNNPACK's wide tiles.
    private const int Tile = 8;

    public static FloatSum Convolution(TfLiteNode node) => node.Numerics switch
    {
        // Windows that are pixels run as dense layers; others take narrow tiles where outputs do not fill one.
        TfLiteNumerics.Xnnpack => (Operators.Conv2D.Window(node) is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1 } ? Outputs(node) % Tile != 0 : Outputs(node) / Groups(node) < Tile) ? FloatSum.RoundedLanes : FloatSum.RoundedFromBias,
        // The optimised kernels have no groups, and multiply vectors in order.
        TfLiteNumerics.Builtin when node.Input(0).Type.Shape[-1] == node.Input(1).Type.Shape[-1] && Outputs(node) > 1 => FloatSum.RoundedPairs,
        _ => FloatSum.Rounded,
    };

    public static FloatSum Depthwise(TfLiteNode node) => node.Numerics switch
    {
        TfLiteNumerics.Xnnpack when node.Input(0).Type.Shape[-1] == node.Input(1).Type.Shape[-1] => FloatSum.RoundedByColumns,
        TfLiteNumerics.Reference => FloatSum.Rounded,
        _ => FloatSum.RoundedFromBias,
    };

    public static FloatSum Dense(TfLiteNode node) => node.Numerics switch
    {
        // Outputs that do not fill its tiles go to another kernel.
        TfLiteNumerics.Xnnpack => Outputs(node) % Tile != 0 ? FloatSum.RoundedLanes : FloatSum.RoundedFromBias,
        TfLiteNumerics.Builtin when Outputs(node) > 1 => FloatSum.RoundedPairs,
        _ => FloatSum.Rounded,
    };

    /// <summary>A transposed convolution, and whether XNNPACK's delegate takes it.</summary>
    public static FloatSum Transposed(TfLiteNode node, bool isDelegated) => node.Numerics switch
    {
        _ when isDelegated => Outputs(node) < Tile ? FloatSum.RoundedLanes : FloatSum.RoundedFromBias,
        TfLiteNumerics.Reference => FloatSum.Rounded,
        _ => FloatSum.RoundedPairs,
    };

    /// <summary>Whether XNNPACK runs a convolution as a depthwise one: of one channel to one.</summary>
    public static bool IsDepthwise(TfLiteNode node) => node.Numerics == TfLiteNumerics.Xnnpack && Outputs(node) == 1 && node.Input(0).Type.Shape[-1] == 1;

    private static int Groups(TfLiteNode node) => Math.Max(1, node.Input(0).Type.Shape[-1] / Math.Max(1, node.Input(1).Type.Shape[-1]));

    private static int Outputs(TfLiteNode node) => node.Input(1).Type.Shape[0];
}
