using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>
/// Convolutions and dense layers on uint8 and int8 data: accumulators, then their requantization in the arithmetic of the chosen kernel set (docs/numerics.md).
/// </summary>
internal static class QuantizedConvolutions
{
    /// <summary>CONV_2D. The builtin kernels hand grouped convolutions to the reference ones.</summary>
    public static void Conv2D(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0).Type, Weights(node, 0));
        var window = Operators.Conv2D.Window(node);
        int depth = weights.Type.Shape[3];
        if (depth == 0 || data.Shape[3] % depth != 0) throw node.Malformed($"has data {data.Shape} and weights {weights.Type.Shape}");
        int groups = data.Shape[3] / depth;
        var arithmetic = node.Numerics switch
        {
            TfLiteNumerics.Xnnpack => RequantizeArithmetic.Float32NearestEven,
            TfLiteNumerics.Builtin when data.Element == ElementType.S8 && groups == 1 => RequantizeArithmetic.FixedPointSingle,
            _ => RequantizeArithmetic.FixedPointDouble,
        };
        var sums = node.Emit(new QnnConv2D(window, groups), node.Input(0), weights, Bias(node));
        Finish(node, sums, weights, arithmetic, node.Options<Conv2DOptions>().FusedActivationFunction, productInFloat: data.Element == ElementType.U8);
    }

    /// <summary>DEPTHWISE_CONV_2D.</summary>
    public static void DepthwiseConv2D(TfLiteNode node)
    {
        var (data, weights) = (node.Input(0).Type, Weights(node, 3));
        // The delegate takes layers with a bias only.
        var arithmetic = node.Numerics == TfLiteNumerics.Xnnpack && node.OptionalInput(2) is not null ? RequantizeArithmetic.Float32NearestEven : RequantizeArithmetic.FixedPointDouble;
        var sums = node.Emit(new QnnDepthwiseConv2D(Operators.DepthwiseConv2D.Window(node)), node.Input(0), weights, Bias(node));
        Finish(node, sums, weights, arithmetic, node.Options<DepthwiseConv2DOptions>().FusedActivationFunction, productInFloat: data.Element == ElementType.U8);
    }

    /// <summary>FULLY_CONNECTED.</summary>
    public static void FullyConnected(TfLiteNode node)
    {
        var weights = Weights(node, 0);
        var arithmetic = node.Numerics switch
        {
            TfLiteNumerics.Xnnpack => RequantizeArithmetic.Float32NearestEven,
            TfLiteNumerics.Builtin when node.Input(0).Type.Element == ElementType.U8 => RequantizeArithmetic.FixedPointDouble,
            _ => RequantizeArithmetic.FixedPointSingle,
        };
        var sums = node.Emit(new QnnDense(), Operators.FullyConnected.Rows(node), weights, Bias(node));
        Finish(node, sums, weights, arithmetic, node.Options<FullyConnectedOptions>().FusedActivationFunction, productInFloat: true);
    }

    // Weights whose stated axis is not the channels' are taken as meant for it, where the counts fit.
    private static Value Weights(TfLiteNode node, int axis)
    {
        var weights = node.Input(1);
        if (!weights.IsConstant) throw node.Unsupported("its weights are computed at run time");
        if (weights.Type.Quantization is not { IsPerChannel: true } quantization || quantization.Axis == axis) return weights;
        if (weights.Type.Shape.Rank <= axis || weights.Type.Shape[axis] != quantization.Scales.Length) throw node.Malformed($"has weights {weights.Type}");
        return Value.Of(weights.Name, new Ir.Tensor(weights.Type with { Quantization = new Quantization(quantization.Scales, quantization.ZeroPoints, axis) }, weights.Constant!.Bytes));
    }

    private static Value? Bias(TfLiteNode node)
    {
        var bias = node.OptionalInput(2);
        return bias is null or { IsConstant: true } ? bias : throw node.Unsupported("its bias is computed at run time");
    }

    /// <summary>Emits the requantization. Where the framework multiplies the scales of data and weights in float, so is it done here.</summary>
    private static void Finish(TfLiteNode node, Value sums, Value weights, RequantizeArithmetic arithmetic, ActivationFunctionType activation, bool productInFloat)
    {
        var (element, output) = (node.OutputElement(), node.OutputQuantization());
        if (element != node.Input(0).Type.Element) throw node.Unsupported($"it makes {element.Name()} of {node.Input(0).Type.Element.Name()}");
        if (output is null or { IsPerChannel: true } || node.Input(0).Type.Quantization is not { } input || weights.Type.Quantization is not { } filter) throw node.Malformed("has operands without scales");
        var multipliers = new double[filter.Scales.Length];
        for (int c = 0; c < multipliers.Length; c++)
        {
            multipliers[c] = arithmetic == RequantizeArithmetic.Float32NearestEven ? input.Scale * filter.Scales[c] / output.Scale
                : productInFloat && multipliers.Length == 1 ? (double)(input.Scale * filter.Scale) / output.Scale
                : (double)input.Scale * filter.Scales[c] / output.Scale;
        }
        var (minimum, maximum) = node.QuantizedRange(activation);
        node.EmitResult(new Requantize(arithmetic, new Doubles(multipliers), element, output.ZeroPoint, minimum, maximum), sums);
    }
}
