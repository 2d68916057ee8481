using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>The order in which a kernel set adds the products of float layers; the recordings are of its WebAssembly build, which has no fused operations, and no vectors in Eigen.</summary>
internal static class FloatSums
{
    public static FloatSum Convolution(TfLiteNode node) => node.Numerics switch
    {
        TfLiteNumerics.Xnnpack => Outputs(node) <= 2 ? FloatSum.RoundedLanes : FloatSum.RoundedFromBias,
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
        TfLiteNumerics.Xnnpack => Outputs(node) % 8 != 0 ? FloatSum.RoundedLanes : FloatSum.RoundedFromBias,
        TfLiteNumerics.Builtin when Outputs(node) > 1 => FloatSum.RoundedPairs,
        _ => FloatSum.Rounded,
    };

    private static int Outputs(TfLiteNode node) => node.Input(1).Type.Shape[0];
}
