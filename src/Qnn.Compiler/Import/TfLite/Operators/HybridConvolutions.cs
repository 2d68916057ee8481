using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// Convolutions, dense layers and matrix products of float data with int8 weights ("hybrid", "dynamic range"): TensorFlow Lite quantizes the data at run time,
/// a batch or row at a time. Dense layers and products are convolutions whose every row of data is a batch of one pixel.
/// </summary>
internal static class HybridConvolutions
{
    /// <summary>Whether a node has float data and int8 weights.</summary>
    public static bool Matches(TfLiteNode node) => node.Input(0).Type.Element == ElementType.F32 && node.Input(1).Type.Element == ElementType.S8;

    /// <summary>CONV_2D: weights of one scale quantize the data symmetrically, weights of a scale a channel asymmetrically.</summary>
    public static void Conv2D(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0), WideConvolutions.Weights(node, 1, 0));
        int depth = weights.Type.Shape[3];
        if (depth == 0 || data.Type.Shape[3] % depth != 0) throw node.Malformed($"has data {data.Type.Shape} and weights {weights.Type.Shape}");
        bool perChannel = Quantization(node, weights).IsPerChannel;
        var (low, high) = node.RealRange(node.Options<Conv2DOptions>().FusedActivationFunction);
        bool weightScaleFirst = perChannel && node.Numerics == TfLiteNumerics.Reference;
        node.EmitResult(new HybridConv2D(Operators.Conv2D.Window(node), data.Type.Shape[3] / depth, weightScaleFirst ? HybridScaling.WeightFirst : HybridScaling.Product, low, high), [.. Quantized(node, data, perChannel), weights, WideConvolutions.Bias(node, 2)]);
    }

    /// <summary>DEPTHWISE_CONV_2D: the data is always quantized asymmetrically.</summary>
    public static void DepthwiseConv2D(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0), WideConvolutions.Weights(node, 1, 3));
        var shape = weights.Type.Shape;
        if (shape.Rank != 4 || shape[0] != 1) throw node.Malformed($"has weights {shape}");
        var quantization = Quantization(node, weights);
        // 1 x KH x KW x O to O x KH x KW x 1.
        var moved = node.EmitQuantized(new Ir.Operators.Transpose(new Ints(3, 1, 2, 0)), quantization.IsPerChannel ? new Quantization(quantization.Scales, quantization.ZeroPoints, 0) : quantization, weights);
        var (low, high) = node.RealRange(node.Options<DepthwiseConv2DOptions>().FusedActivationFunction);
        node.EmitResult(new HybridConv2D(Operators.DepthwiseConv2D.Window(node), data.Type.Shape[3], HybridScaling.Product, low, high), [.. Quantized(node, data, true), moved, WideConvolutions.Bias(node, 2)]);
    }

    /// <summary>FULLY_CONNECTED.</summary>
    public static void FullyConnected(TfLiteNode node)
    {
        var options = node.Options<FullyConnectedOptions>();
        var data = Operators.FullyConnected.Rows(node);
        var (low, high) = node.RealRange(options.FusedActivationFunction);
        Rows(node, data, WideConvolutions.Weights(node, 1, 0), options.AsymmetricQuantizeInputs, low, high, WideConvolutions.Bias(node, 2), node.Numerics == TfLiteNumerics.Xnnpack);
    }

    /// <summary>BATCH_MATMUL by a constant matrix.</summary>
    public static void BatchMatMul(TfLiteNode node)
    {
        var options = node.Options<BatchMatMulOptions>();
        var (a, b) = (node.Input(0), node.Input(1));
        var shape = b.Type.Shape;
        if (!b.IsConstant || shape.ElementCount != (long)shape[-1] * shape[-2]) throw node.Unsupported("it multiplies floats by int8 matrices that are not one constant");
        if (options.AdjX)
        {
            int rank = a.Type.Shape.Rank;
            a = node.Move(new Ir.Operators.Transpose(new Ints([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2])), a);
        }
        var quantization = Quantization(node, b);
        int axis = shape.Rank - (options.AdjY ? 2 : 1);
        if (quantization.IsPerChannel && quantization.Axis != axis) throw node.Unsupported($"its weights have scales along axis {quantization.Axis}");
        quantization = quantization.IsPerChannel ? new Quantization(quantization.Scales, quantization.ZeroPoints, 0) : quantization;
        var matrix = node.Emit(new Ir.Operators.Reshape(new Shape(shape[-2], shape[-1])), b);
        if (!options.AdjY) matrix = node.Emit(new Ir.Operators.Transpose(new Ints(1, 0)), matrix);
        Rows(node, a, Value.Of(b.Name, new Ir.Tensor(matrix.Type with { Quantization = quantization }, matrix.Constant!.Bytes)), options.AsymmetricQuantizeInputs, float.NegativeInfinity, float.PositiveInfinity, null);
    }

    private static void Rows(TfLiteNode node, Value data, Value weights, bool asymmetric, float low, float high, Value? bias, bool xnnpack = false)
    {
        Quantization(node, weights);
        int inputs = weights.Type.Shape[1], outputs = weights.Type.Shape[0];
        if (inputs == 0 || data.Type.Shape[-1] != inputs) throw node.Malformed($"has data {data.Type.Shape} and weights {weights.Type.Shape}");
        var filter = Value.Of(weights.Name, new Ir.Tensor(weights.Type with { Shape = new Shape(outputs, 1, 1, inputs) }, weights.Constant!.Bytes));
        var pixels = node.Reshape(data, data.Type.Shape.ElementCount / inputs, 1, 1, inputs);
        var quantized = xnnpack ? node.EmitSeveral(new DynamicQuantize(true, Xnnpack: true), pixels) : Quantized(node, pixels, asymmetric);
        var result = node.Emit(new HybridConv2D(new Window2D(1, 1), 1, xnnpack ? HybridScaling.DataFirst : HybridScaling.Product, low, high), [.. quantized, filter, bias]);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. data.Type.Shape.Span[..^1], outputs])), result);
    }

    private static Quantization Quantization(TfLiteNode node, Value weights) =>
        weights.Type.Quantization is { } quantization && quantization.ZeroPoints.All(z => z == 0) ? quantization : throw node.Unsupported("its int8 weights have no scales, or zero points");

    private static IReadOnlyList<Value> Quantized(TfLiteNode node, Value data, bool asymmetric) => node.EmitSeveral(new DynamicQuantize(asymmetric), data);
}
