using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Quantized convolutions of one to three axes, and transposed ones: all become 2-d convolutions over channels-last data.</summary>
internal static class Convolutions
{
    [TorchOperator(
        "quantized::conv1d", "quantized::conv2d", "quantized::conv3d", "quantized::conv1d_relu", "quantized::conv2d_relu", "quantized::conv3d_relu",
        "quantized::conv_transpose1d", "quantized::conv_transpose2d", "quantized::conv_transpose3d")]
    public static object? Import(TorchCall call)
    {
        var data = call.Quantized(0);
        var packed = PackedParameters.ConvolutionOf(call, 1);
        int axes = data.Type.Shape.Rank - 2;
        // The oldest form also has stride, padding, dilation and groups, before scale and zero point.
        var output = call.Output(call.Count - 2, call.Count - 1, data.Type.Element);
        if (axes == 1 && packed.Stride.Length == 2) axes = 2;
        if (axes != packed.Stride.Length) throw call.Malformed($"has data {data.Type.Shape} for {packed.Stride.Length} axes");
        return Apply(call, data, packed, output, call.Operator.EndsWith("_relu", StringComparison.Ordinal));
    }

    /// <summary>Adds a convolution.</summary>
    public static Value Apply(TorchCall call, Value data, PackedConvolution packed, Quantization output, bool relu)
    {
        var weights = packed.Weights.Constant!;
        var quantization = weights.Type.Quantization!;
        var x = new Spatial(call, data);
        int axes = packed.Stride.Length;
        int[] kernel = [.. Enumerable.Repeat(1, 3 - axes), .. weights.Type.Shape.Span[2..]];
        int[] stride = Spatial.Widen(packed.Stride, 1), padding = Spatial.Widen(packed.Padding, 0), dilation = Spatial.Widen(packed.Dilation, 1);
        sbyte[] elements = weights.Span<sbyte>().ToArray();
        int outputs, depth = weights.Type.Shape[1];
        int[] after = [.. padding];
        if (packed.Transposed)
        {
            outputs = depth * packed.Groups;
            (elements, depth) = Flip(elements, weights.Type.Shape[0], depth, packed.Groups, kernel);
            int[] extra = Spatial.Widen(packed.OutputPadding.Length == 0 ? new int[axes] : packed.OutputPadding, 0);
            x = x.Insert(stride, data.Type.ZeroPoint);
            for (int a = 0; a < 3; a++)
            {
                int reach = dilation[a] * (kernel[a] - 1);
                (padding[a], after[a]) = (reach - padding[a], reach - padding[a] + extra[a] + 1 - stride[a]);
            }
            stride = [1, 1, 1];
            if (quantization is { IsPerChannel: true }) quantization = quantization.Axis == 1 && packed.Groups == 1
                ? new Quantization(quantization.Scales, quantization.ZeroPoints, 0)
                : throw call.Unsupported("its weights have a scale for each channel");
        }
        else
        {
            outputs = weights.Type.Shape[0];
            if (quantization is { IsPerChannel: true, Axis: not 0 }) throw call.Malformed($"has scales along axis {quantization.Axis}");
        }
        if (outputs % packed.Groups != 0 || x.Channels != depth * packed.Groups) throw call.Malformed($"has data {data.Type.Shape}, weights {weights.Type.Shape} and {packed.Groups} groups");
        var bias = packed.Bias?.Constant!.Span<float>().ToArray();
        var epilogue = OneDnn.Takes(call.Numerics, packed)
            ? (Requantize: OneDnn.Epilogue(call, data.Type, quantization, bias, output, relu), Bias: null)
            : Epilogue(call, data, quantization, bias, outputs, output, relu);
        return x.Convolve(elements, outputs, quantization, kernel, stride, padding, after, dilation, packed.Groups, epilogue.Bias, sums => call.EmitQuantized(epilogue.Requantize, output, sums));
    }

    /// <summary>
    /// The engine's requantization. FBGEMM adds the bias as a float, divided by the accumulators' scale (with one scale for all channels: times its reciprocal, see <see cref="FusedBias"/>); QNNPACK rounds it to an integer first, and multiplies by the reciprocal of the output's scale (generate_requantization_scales).
    /// </summary>
    public static (Requantize Requantize, Value? Bias) Epilogue(TorchCall call, Value data, Quantization weights, float[]? bias, int outputs, Quantization output, bool relu)
    {
        float scale = data.Type.Scale;
        int count = weights.Scales.Length;
        var multipliers = new double[count];
        bool qnnpack = call.Numerics == TorchNumerics.Qnnpack;
        for (int c = 0; c < count; c++) multipliers[c] = qnnpack ? weights.Scales[c] * scale * (1f / output.Scale) : scale * weights.Scales[c] / output.Scale;
        if (multipliers.Any(m => !double.IsFinite(m))) throw call.Malformed("has scales whose quotient is no number");
        var element = data.Type.Element;
        var (low, high) = TorchCall.RangeOf(element);
        int minimum = relu ? Math.Max(low, output.ZeroPoint) : low;
        if (bias is null) return (new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles(multipliers), element, output.ZeroPoint, minimum, high), null);
        if (qnnpack)
        {
            int[] rounded = [.. bias.Select((b, c) => (int)Math.Clamp(Math.Round((double)(b * (1f / (scale * weights.Scales[count == 1 ? 0 : c]))), MidpointRounding.ToEven), int.MinValue, int.MaxValue))];
            return (new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles(multipliers), element, output.ZeroPoint, minimum, high), TorchCall.Constant(Tensor.Of<int>(new Shape(outputs), rounded)));
        }
        double[] real = [.. bias.Select((b, c) => (double)(count == 1
            ? FusedBias.Fit(b, 1f / (scale * weights.Scale), (float)multipliers[0], minimum - output.ZeroPoint, high - output.ZeroPoint)
            : b / (scale * weights.Scales[c])))];
        if (real.Any(b => !double.IsFinite(b))) throw call.Malformed("has a bias that is no number");
        return (new Requantize(RequantizeArithmetic.Float32Bias, new Doubles(multipliers), element, output.ZeroPoint, minimum, high, new Doubles(real)), null);
    }

    // [I, O/G, K...] as [O, I/G, K... backwards]
    private static (sbyte[] Elements, int Depth) Flip(sbyte[] weights, int inputs, int outputsEach, int groups, int[] kernel)
    {
        int taps = kernel[0] * kernel[1] * kernel[2], depth = inputs / groups;
        var flipped = new sbyte[weights.Length];
        for (int i = 0; i < depth * groups; i++)
            for (int o = 0; o < outputsEach; o++)
                for (int t = 0; t < taps; t++)
                {
                    int output = i / depth * outputsEach + o;
                    flipped[(output * depth + i % depth) * taps + taps - 1 - t] = weights[(i * outputsEach + o) * taps + t];
                }
        return (flipped, depth);
    }
}
