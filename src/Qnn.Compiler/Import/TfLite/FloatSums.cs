using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>The order in which a kernel set adds the products of float layers; the recordings are of its WebAssembly build, which has no fused operations, and no vectors in Eigen.</summary>
internal static class FloatSums
{
    public static FloatSum Convolution(TfLiteNode node) => node.Numerics switch
    {
        TfLiteNumerics.Xnnpack => FloatSum.RoundedFromBias,
        // The optimised kernels have no groups.
        TfLiteNumerics.Builtin when node.Input(0).Type.Shape[-1] == node.Input(1).Type.Shape[-1] => FloatSum.RoundedPairs,
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
        // Fewer outputs than its tiles have columns go to another kernel.
        TfLiteNumerics.Xnnpack => node.Input(1).Type.Shape[0] < 16 ? FloatSum.RoundedLanes : FloatSum.RoundedFromBias,
        TfLiteNumerics.Builtin => FloatSum.RoundedPairs,
        _ => FloatSum.Rounded,
    };
}
