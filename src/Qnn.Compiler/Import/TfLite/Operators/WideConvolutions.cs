using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// Convolutions and dense layers on int16 data with int8 weights. TensorFlow Lite accumulates them in 64 bits, unless the bias is int32: then in 32,
/// where its builtin kernels round once. XNNPACK takes none of them.
/// </summary>
internal static class WideConvolutions
{
    /// <summary>CONV_2D.</summary>
    public static void Conv2D(TfLiteNode node)
    {
        var weights = Weights(node, 1, 0);
        var (data, depth) = (node.Input(0), weights.Type.Shape[3]);
        if (depth == 0 || data.Type.Shape[3] % depth != 0) throw node.Malformed($"has data {data.Type.Shape} and weights {weights.Type.Shape}");
        var options = node.Options<Conv2DOptions>();
        var epilogue = Epilogue(node, data, weights, Narrow(node, 2, options.QuantizedBiasType), options.FusedActivationFunction, productInFloat: false);
        node.EmitResult(new QnnConv2D16(Operators.Conv2D.Window(node), data.Type.Shape[3] / depth, epilogue), data, weights, Bias(node, 2));
    }

    /// <summary>DEPTHWISE_CONV_2D: always in 64 bits.</summary>
    public static void DepthwiseConv2D(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0), Weights(node, 1, 3));
        var epilogue = Epilogue(node, data, weights, RequantizeArithmetic.FixedPointWide, node.Options<DepthwiseConv2DOptions>().FusedActivationFunction, productInFloat: false);
        node.EmitResult(new QnnDepthwiseConv2D16(Operators.DepthwiseConv2D.Window(node), epilogue), data, weights, Bias(node, 2));
    }

    /// <summary>FULLY_CONNECTED: a convolution whose every row of data is a pixel.</summary>
    public static void FullyConnected(TfLiteNode node)
    {
        var (data, weights) = (Operators.FullyConnected.Rows(node), Weights(node, 1, 0));
        var options = node.Options<FullyConnectedOptions>();
        int inputs = weights.Type.Shape[1], outputs = weights.Type.Shape[0];
        // The optimised kernel's library of products knows 32 bits only; a bias of 64 is not left to it.
        bool isLong = node.OptionalInput(2)?.Type.Element == ElementType.S64;
        var arithmetic = node.Numerics == TfLiteNumerics.Reference ? Narrow(node, 2, options.QuantizedBiasType) : isLong ? RequantizeArithmetic.Float64Away : RequantizeArithmetic.FixedPointSingle;
        var epilogue = Epilogue(node, data, weights, arithmetic, options.FusedActivationFunction, productInFloat: !isLong);
        var filter = Value.Of(weights.Name, new Ir.Tensor(weights.Type with { Shape = new Shape(outputs, 1, 1, inputs) }, weights.Constant!.Bytes));
        var pixels = node.Reshape(data, data.Type.Shape.ElementCount / inputs, 1, 1, inputs);
        var result = node.EmitQuantized(new QnnConv2D16(new Window2D(1, 1), 1, epilogue), node.OutputQuantization(), pixels, filter, Bias(node, 2));
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. data.Type.Shape.Span[..^1], outputs])), result);
    }

    /// <summary>Constant weights. Those whose stated axis is not the outputs' are taken as meant for it, where the counts fit.</summary>
    public static Value Weights(TfLiteNode node, int index, int axis)
    {
        var weights = node.Input(index);
        if (!weights.IsConstant) throw node.Unsupported("its weights are computed at run time");
        if (weights.Type.Shape.Rank <= axis) throw node.Malformed($"has weights {weights.Type}");
        if (weights.Type.Quantization is not { IsPerChannel: true } quantization || quantization.Axis == axis) return weights;
        if (weights.Type.Shape[axis] != quantization.Scales.Length) throw node.Malformed($"has weights {weights.Type}");
        return Value.Of(weights.Name, new Ir.Tensor(weights.Type with { Quantization = new Quantization(quantization.Scales, quantization.ZeroPoints, axis) }, weights.Constant!.Bytes));
    }

    /// <summary>A constant bias, or none.</summary>
    public static Value? Bias(TfLiteNode node, int index)
    {
        var bias = node.OptionalInput(index);
        return bias is null or { IsConstant: true } ? bias : throw node.Unsupported("its bias is computed at run time");
    }

    /// <summary>The requantization of a layer's accumulators. Where the framework multiplies the scales of data and weights in float, so is it done here.</summary>
    public static Requantize Epilogue(TfLiteNode node, Value data, Value weights, RequantizeArithmetic arithmetic, ActivationFunctionType activation, bool productInFloat)
    {
        var (element, output) = (node.OutputElement(), node.OutputQuantization());
        if (element != data.Type.Element) throw node.Unsupported($"it makes {element.Name()} of {data.Type.Element.Name()}");
        if (output is null or { IsPerChannel: true } || data.Type.Quantization is not { } input || weights.Type.Quantization is not { } filter) throw node.Malformed("has operands without scales");
        var multipliers = new double[filter.Scales.Length];
        for (int c = 0; c < multipliers.Length; c++)
        {
            multipliers[c] = arithmetic == RequantizeArithmetic.Float32NearestEven ? input.Scale * filter.Scales[c] / output.Scale
                : productInFloat && multipliers.Length == 1 ? (double)(input.Scale * filter.Scale) / output.Scale
                : (double)input.Scale * filter.Scales[c] / output.Scale;
        }
        var (minimum, maximum) = node.QuantizedRange(activation);
        return new Requantize(arithmetic, new Doubles(multipliers), element, output.ZeroPoint, minimum, maximum);
    }

    private static RequantizeArithmetic Narrow(TfLiteNode node, int bias, Schema.TensorType stated) =>
        node.OptionalInput(bias)?.Type.Element != ElementType.S32 && stated != Schema.TensorType.INT32 ? RequantizeArithmetic.FixedPointWide
        : node.Numerics == TfLiteNumerics.Reference ? RequantizeArithmetic.FixedPointDouble : RequantizeArithmetic.FixedPointSingle;
}
