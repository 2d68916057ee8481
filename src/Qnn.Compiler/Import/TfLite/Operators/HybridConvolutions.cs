using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// Convolutions, dense layers and matrix products of float data with int8 weights, which old files call uint8 ("hybrid", "dynamic range"): TensorFlow Lite quantizes the data at run time,
/// a batch or row at a time. Dense layers and products are convolutions whose every row of data is a batch of one pixel.
/// </summary>
internal static class HybridConvolutions
{
    private const int MostMatrices = 256;

    /// <summary>Whether a node has float data and int8 weights.</summary>
    public static bool Matches(TfLiteNode node) => node.Input(0).Type.Element == ElementType.F32 && node.Input(1).Type.Element is ElementType.S8 or ElementType.U8;

    /// <summary>CONV_2D: weights of one scale quantize the data symmetrically, weights of a scale a channel asymmetrically.</summary>
    public static void Conv2D(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0), Signed(WideConvolutions.Weights(node, 1, 0)));
        int depth = weights.Type.Shape[3];
        if (depth == 0 || data.Type.Shape[3] % depth != 0) throw node.Malformed($"has data {data.Type.Shape} and weights {weights.Type.Shape}");
        bool perChannel = Quantization(node, weights).IsPerChannel;
        var (low, high) = node.RealRange(node.Options<Conv2DOptions>().FusedActivationFunction);
        // The delegate takes weights of bytes.
        bool xnnpack = node.Numerics == TfLiteNumerics.Xnnpack && node.Source.Inputs[1]!.Type is not (Schema.TensorType.INT4 or Schema.TensorType.INT2);
        var scaling = xnnpack ? HybridScaling.DataFirst : perChannel && node.Numerics == TfLiteNumerics.Reference ? HybridScaling.WeightFirst : HybridScaling.Product;
        var window = Operators.Conv2D.Window(node);
        // The delegate takes a pixel for a row of a dense layer then, and quantizes each apart.
        if (xnnpack && window is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1 } && data.Type.Shape[3] == depth)
        {
            Finish(node, Rows(node, data, Reshaped(weights, weights.Type.Shape[0], depth), true, low, high, WideConvolutions.Bias(node, 2), true));
            return;
        }
        node.EmitResult(new HybridConv2D(window, data.Type.Shape[3] / depth, scaling, low, high), [.. Quantized(node, data, perChannel, xnnpack), weights, WideConvolutions.Bias(node, 2)]);
    }

    /// <summary>DEPTHWISE_CONV_2D: the data is always quantized asymmetrically.</summary>
    public static void DepthwiseConv2D(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0), Signed(WideConvolutions.Weights(node, 1, 3)));
        var shape = weights.Type.Shape;
        if (shape.Rank != 4 || shape[0] != 1) throw node.Malformed($"has weights {shape}");
        var quantization = Quantization(node, weights);
        // 1 x KH x KW x O to O x KH x KW x 1.
        var moved = node.EmitQuantized(new Ir.Operators.Transpose(new Ints(3, 1, 2, 0)), quantization.IsPerChannel ? new Quantization(quantization.Scales, quantization.ZeroPoints, 0) : quantization, weights);
        var (low, high) = node.RealRange(node.Options<DepthwiseConv2DOptions>().FusedActivationFunction);
        var scaling = node.Numerics == TfLiteNumerics.Reference ? HybridScaling.Product : HybridScaling.DataFirst;
        node.EmitResult(new HybridConv2D(Operators.DepthwiseConv2D.Window(node), data.Type.Shape[3], scaling, low, high), [.. Quantized(node, data, true), moved, WideConvolutions.Bias(node, 2)]);
    }

    /// <summary>FULLY_CONNECTED.</summary>
    public static void FullyConnected(TfLiteNode node)
    {
        var options = node.Options<FullyConnectedOptions>();
        var data = Operators.FullyConnected.Rows(node);
        var (low, high) = node.RealRange(options.FusedActivationFunction);
        var weights = Signed(WideConvolutions.Weights(node, 1, 0));
        // The delegate takes rows of whole bytes.
        bool xnnpack = node.Numerics == TfLiteNumerics.Xnnpack && (node.Source.Inputs[1]!.Type != Schema.TensorType.INT4 || weights.Type.Shape[-1] % 2 == 0);
        Finish(node, Rows(node, data, weights, options.AsymmetricQuantizeInputs, low, high, WideConvolutions.Bias(node, 2), xnnpack));
    }

    /// <summary>BATCH_MATMUL by a constant matrix, or by constant matrices, one for each of the data's.</summary>
    public static void BatchMatMul(TfLiteNode node)
    {
        var options = node.Options<BatchMatMulOptions>();
        var (a, b) = (node.Input(0), node.Input(1));
        if (!b.IsConstant) throw node.Unsupported("it multiplies floats by int8 matrices that are computed at run time");
        b = Signed(b);
        if (options.AdjX)
        {
            int rank = a.Type.Shape.Rank;
            a = node.Move(new Ir.Operators.Transpose(new Ints([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2])), a);
        }
        var (shape, data) = (b.Type.Shape, a.Type.Shape);
        int columns = shape[options.AdjY ? -2 : -1];
        if (shape.ElementCount == (long)shape[-1] * shape[-2])
        {
            Finish(node, Product(node, a, b));
            return;
        }
        int count = new Shape(shape.Span[..^2]).ElementCount;
        if (!shape.Span[..^2].SequenceEqual(data.Span[..^2]) || Quantization(node, b).IsPerChannel || count > MostMatrices) throw node.Unsupported($"it multiplies floats {data} by int8 matrices {b.Type}");
        var (rows, matrices) = (node.Reshape(a, count, data[-2], data[-1]), node.Reshape(b, count, shape[-2], shape[-1]));
        Value Part(Value value, int i) => node.Move(Ir.Operators.StridedSlice.OfAxis(value.Type.Shape, 0, i, 1), value);
        var products = Enumerable.Range(0, count).Select(i => Product(node, Part(rows, i), Part(matrices, i))).ToArray();
        var all = node.Emit(new Ir.Operators.Concat(0), products);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. data.Span[..^1], columns])), all);
    }

    private static Value Product(TfLiteNode node, Value a, Value b)
    {
        var (options, shape) = (node.Options<BatchMatMulOptions>(), b.Type.Shape);
        var quantization = Quantization(node, b);
        int axis = shape.Rank - (options.AdjY ? 2 : 1);
        if (quantization.IsPerChannel && quantization.Axis != axis) throw node.Unsupported($"its weights have scales along axis {quantization.Axis}");
        quantization = quantization.IsPerChannel ? new Quantization(quantization.Scales, quantization.ZeroPoints, 0) : quantization;
        var matrix = node.Emit(new Ir.Operators.Reshape(new Shape(shape[-2], shape[-1])), b);
        if (!options.AdjY) matrix = node.Emit(new Ir.Operators.Transpose(new Ints(1, 0)), matrix);
        return Rows(node, a, Value.Of(b.Name, new Ir.Tensor(matrix.Type with { Quantization = quantization }, matrix.Constant!.Bytes)), options.AsymmetricQuantizeInputs, float.NegativeInfinity, float.PositiveInfinity, null, node.Numerics == TfLiteNumerics.Xnnpack);
    }

    private static Value Rows(TfLiteNode node, Value data, Value weights, bool asymmetric, float low, float high, Value? bias, bool xnnpack = false)
    {
        Quantization(node, weights);
        int inputs = weights.Type.Shape[1], outputs = weights.Type.Shape[0];
        if (inputs == 0 || data.Type.Shape[-1] != inputs) throw node.Malformed($"has data {data.Type.Shape} and weights {weights.Type.Shape}");
        var filter = Reshaped(weights, outputs, 1, 1, inputs);
        var pixels = node.Reshape(data, data.Type.Shape.ElementCount / inputs, 1, 1, inputs);
        var quantized = Quantized(node, pixels, asymmetric, xnnpack);
        var result = node.Emit(new HybridConv2D(new Window2D(1, 1), 1, xnnpack ? HybridScaling.DataFirst : HybridScaling.Product, low, high), [.. quantized, filter, bias]);
        return node.Reshape(result, [.. data.Type.Shape.Span[..^1], outputs]);
    }

    private static Value Reshaped(Value weights, params int[] shape) => Value.Of(weights.Name, new Ir.Tensor(weights.Type with { Shape = new Shape(shape) }, weights.Constant!.Bytes));

    private static void Finish(TfLiteNode node, Value result) => node.EmitResult(new Ir.Operators.Reshape(result.Type.Shape), result);

    // TensorFlow Lite reads the bytes of uint8 weights as int8, and passes over their zero points: its first converters said uint8 for what is symmetric.
    private static Value Signed(Value weights) => weights.Type is { Element: ElementType.U8, Quantization: { } q }
        ? Value.Of(weights.Name, new Ir.Tensor(new Ir.TensorType(ElementType.S8, weights.Type.Shape, new Quantization(q.Scales, [.. q.Scales.Select(_ => 0)], q.Axis)), weights.Constant!.Bytes))
        : weights;

    private static Quantization Quantization(TfLiteNode node, Value weights) =>
        weights.Type.Quantization is { } quantization && quantization.ZeroPoints.All(z => z == 0) ? quantization : throw node.Unsupported("its int8 weights have no scales, or zero points");

    private static IReadOnlyList<Value> Quantized(TfLiteNode node, Value data, bool asymmetric, bool xnnpack = false) => node.EmitSeveral(new DynamicQuantize(asymmetric || xnnpack, Xnnpack: xnnpack), data);
}
