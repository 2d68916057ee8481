using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// TRANSPOSE_CONV: operands the shape of the result, weights OHWI, data NHWC, bias (optional). A shape that is computed at run time is taken to be
/// the one that the file states for the result. int16 biases, which some files for microcontrollers have, count as what they are.
/// </summary>
internal static class TransposeConv
{
    [TfLiteOperator(BuiltinOperator.TRANSPOSE_CONV)]
    public static void Import(TfLiteNode node)
    {
        var (data, weights) = (node.Input(2), WideConvolutions.Weights(node, 1, 0));
        if (data.Type.Shape.Rank != 4 || weights.Type.Shape.Rank != 4) throw node.Malformed($"has data {data.Type.Shape} and weights {weights.Type.Shape}");
        int[] shape = node.Input(0).IsConstant ? node.ConstantInts(0, "the shape of its result", 4) : [.. node.Output().Shape];
        if (shape.Length != 4 || shape[0] != data.Type.Shape[0] || shape[3] != weights.Type.Shape[0] || shape[1] <= 0 || shape[2] <= 0) throw node.Malformed($"makes [{string.Join(", ", shape)}] of {data.Type.Shape} and weights {weights.Type.Shape}");
        var options = node.Options<TransposeConvOptions>();
        var window = Window2D.Padded(options.Padding == Schema.Padding.SAME, shape[1], shape[2], weights.Type.Shape[1], weights.Type.Shape[2], options.StrideH, options.StrideW);
        if (data.Type.Element == ElementType.F32)
        {
            var (low, high) = node.RealRange(options.FusedActivationFunction);
            node.EmitResult(new Conv2DTranspose(window, shape[1], shape[2], low, high, FloatSums.Transposed(node, IsDelegated(node, data.Type, weights.Type, shape, options))), data, weights, node.OptionalInput(3));
            return;
        }
        var epilogue = WideConvolutions.Epilogue(node, data, weights, Arithmetic(node, data, weights.Type, shape, options), options.FusedActivationFunction, productInFloat: data.Type.Element == ElementType.U8);
        node.EmitResult(new QnnConv2DTranspose(window, shape[1], shape[2], epilogue), data, weights, WideConvolutions.Bias(node, 3));
    }

    // The optimised kernels, too, requantize 32-bit accumulators in two roundings.
    private static RequantizeArithmetic Arithmetic(TfLiteNode node, Value data, Ir.TensorType weights, int[] result, TransposeConvOptions options) => data.Type.Element switch
    {
        ElementType.S16 when node.OptionalInput(3)?.Type.Element != ElementType.S32 && options.QuantizedBiasType != Schema.TensorType.INT32 => RequantizeArithmetic.FixedPointWide,
        ElementType.U8 or ElementType.S8 when IsDelegated(node, data.Type, weights, result, options) => RequantizeArithmetic.Float32NearestEven,
        _ => RequantizeArithmetic.FixedPointDouble,
    };

    // XNNPACK's delegate leaves results alone that have more at their end than windows reach.
    private static bool IsDelegated(TfLiteNode node, Ir.TensorType data, Ir.TensorType weights, int[] result, TransposeConvOptions options)
    {
        return node.Numerics == TfLiteNumerics.Xnnpack && Reaches(1, options.StrideH) && Reaches(2, options.StrideW);

        bool Reaches(int axis, int stride) => (data.Shape[axis] - 1) * stride + weights.Shape[axis] >= result[axis];
    }
}
