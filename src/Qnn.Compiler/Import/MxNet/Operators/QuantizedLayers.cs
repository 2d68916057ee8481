using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.MxNet.Operators;

/// <summary>The plain quantized operators, as MXNet 1.9.1's oneDNN build computes them, its defects included. Formulas: docs/numerics.md.</summary>
internal static class QuantizedLayers
{
    [MxNetOperator("_contrib_quantized_conv")]
    private static void Convolution(MxNetNode node)
    {
        bool hasBias = !node.Attributes.Flag("no_bias");
        var (data, weights) = (node.Input(0), node.Parameter(1));
        if (data.Type.Element != ElementType.U8) throw node.Unsupported("data of int8, which MXNet's CPU build refuses too");
        if (weights.Type.Element != ElementType.S8) throw node.Unsupported($"weights {weights.Type}");
        int first = hasBias ? 3 : 2;
        var source = new ConvolutionSource(node, node.Attributes, weights.Type.Shape, data.Type.Shape);
        int[]? bias = hasBias ? node.Parameter(2).ToInt32() : null;
        var sums = source.Accumulate(node, Channels.ToLast(node.Builder, data, node.Location), weights.Span<sbyte>().ToArray(), bias);
        var range = ProductRange(node, node.MaxAbs(node.Input(first), node.Input(first + 1)), 127, node.MaxAbs(node.Input(first + 2), node.Input(first + 3)), 127);
        node.Outputs(Channels.ToSecond(node.Builder, sums, node.Location), node.Negate(range), range);
    }

    [MxNetOperator("_contrib_quantized_fully_connected")]
    private static void FullyConnected(MxNetNode node)
    {
        bool hasBias = !node.Attributes.Flag("no_bias");
        int first = hasBias ? 3 : 2;
        var weights = node.Parameter(1);
        if (weights.Type.Element != ElementType.S8 || weights.Type.Shape.Rank != 2) throw node.Unsupported($"weights {weights.Type}");
        var data = Flatten(node, node.Input(0), node.Attributes.Flag("flatten", true));
        var element = data.Type.Element;
        var (dataMax, weightMax) = (node.MaxAbs(node.Input(first), node.Input(first + 1)), node.MaxAbs(node.Input(first + 2), node.Input(first + 3)));
        var sums = node.Add(new QnnDense(), data, node.Input(1), null);
        if (hasBias)
        {
            var biasMax = node.MaxAbs(node.Input(first + 4), node.Input(first + 5));
            var scale = node.Divide(node.Multiply(node.Multiply(node.Scale(element, dataMax), node.Scale(ElementType.S8, weightMax)), biasMax), node.Constant(127.5f));
            var bias = node.Add(new Cast(ElementType.S32), node.Multiply(node.ToFloat(node.Input(2)), scale));
            sums = node.Sum(sums, bias);
        }
        var range = ProductRange(node, dataMax, 127, weightMax, element == ElementType.U8 ? 255 : 127);
        node.Outputs(sums, node.Negate(range), range);
    }

    [MxNetOperator("_contrib_quantized_pooling")]
    private static void Pooling(MxNetNode node)
    {
        var data = node.Input(0);
        var (low, high) = IntegerRange.Of(data.Type.Element);
        string kind = node.Attributes.Text("pool_type", "max");
        var image = Channels.ToLast(node.Builder, data, node.Location);
        var window = Windows.Pool(node, image.Type.Shape);
        Value result;
        if (kind == "max")
        {
            result = node.Builder.Add(new QuantizedPool2D(PoolKind.Max, window, low, high), [image], node.Location, image.Type.Quantization);
        }
        else if (kind == "avg")
        {
            int channels = image.Type.Shape[3], taps = window.KernelHeight * window.KernelWidth;
            var ones = new sbyte[taps * channels];
            Array.Fill(ones, (sbyte)1);
            var weights = Value.Of($"{node.Source.Name}/ones", Tensor.Of<sbyte>(new Shape(1, window.KernelHeight, window.KernelWidth, channels), ones));
            var sums = node.Add(new QnnDepthwiseConv2D(window), image, weights, null);
            result = node.Rescale(sums, node.Divide(node.Constant(1), Windows.Counts(node, window, image.Type.Shape)), data.Type.Element);
        }
        else
        {
            throw node.Unsupported($"pool_type {kind} of integers");
        }
        node.Outputs(Channels.ToSecond(node.Builder, result, node.Location), node.Input(1), node.Input(2));
    }

    [MxNetOperator("_contrib_quantized_act")]
    private static void Activation(MxNetNode node)
    {
        if (node.Attributes.Text("act_type") != "relu") throw node.Unsupported($"act_type {node.Attributes.Text("act_type")}");
        var data = node.Input(0);
        node.Outputs(data.Type.Element == ElementType.U8 ? data : Table(node, data, v => Math.Max(v, 0)), node.Input(1), node.Input(2));
    }

    [MxNetOperator("_contrib_quantized_flatten")]
    private static void FlattenQuantized(MxNetNode node) => node.Outputs(Flatten(node, node.Input(0), true), node.Input(1), node.Input(2));

    [MxNetOperator("_contrib_quantized_concat")]
    private static void Concatenate(MxNetNode node)
    {
        int count = node.Attributes.Int("num_args", node.InputCount / 3);
        if (count < 1 || node.InputCount != 3 * count) throw node.Inconsistent($"{node.InputCount} operands for {count} tensors");
        var data = Enumerable.Range(0, count).Select(node.Input).ToArray();
        var element = data.Any(d => d.Type.Element == ElementType.S8) ? ElementType.S8 : ElementType.U8;
        Value low = node.Constant(0), high = node.Constant(0);
        for (int i = 0; i < count; i++) (low, high) = (node.Binary(BinaryKind.Minimum, low, node.Input(count + 2 * i)), node.Binary(BinaryKind.Maximum, high, node.Input(count + 2 * i + 1)));
        var scale = node.Scale(element, node.MaxAbs(low, high));
        var operands = new Value[count];
        for (int i = 0; i < count; i++)
        {
            var own = node.Scale(data[i].Type.Element, node.MaxAbs(node.Input(count + 2 * i), node.Input(count + 2 * i + 1)));
            bool same = data[i].Type.Element == element && own.Constant is { } a && scale.Constant is { } b && a.Span<float>()[0] == b.Span<float>()[0];
            // A factor of exactly 1 copies, so that operands whose scales are known only at run time need no choice.
            operands[i] = same ? data[i] : node.Rescale(data[i], node.Divide(scale, own), element);
        }
        int axis = node.Attributes.Int("dim", 1);
        if (axis < 0) axis += data[0].Type.Shape.Rank;
        node.Outputs(node.Builder.Add(new Concat(axis), operands, node.Location, new Ir.Quantization(1, 0)), low, high);
    }

    [MxNetOperator("_contrib_quantized_elemwise_add")]
    private static void Add(MxNetNode node)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        if (!a.Type.Shape.Equals(b.Type.Shape)) throw node.Inconsistent($"operands {a.Type.Shape} and {b.Type.Shape}");
        var (maxA, maxB) = (node.MaxAbs(node.Input(2), node.Input(3)), node.MaxAbs(node.Input(4), node.Input(5)));
        if (node.Calibrated() is { } c)
        {
            var element = a.Type.Element == b.Type.Element ? a.Type.Element : ElementType.S8;
            var scale = node.Divide(node.Constant(MxNetNode.Range(element)), node.Constant(MathF.Max(MathF.Abs(c.Low), MathF.Abs(c.High))));
            Value Scaled(Value x, Value max)
            {
                var factor = node.Divide(scale, node.Scale(x.Type.Element, max));
                return x.Type.Element == element ? node.Multiply(node.ToFloat(x), factor) : node.ToFloat(node.Rescale(x, factor, element));
            }
            node.Outputs(node.Round(node.Sum(Scaled(a, maxA), Scaled(b, maxB)), element), node.Constant(c.Low), node.Constant(c.High));
            return;
        }
        var range = node.Sum(maxA, maxB);
        // Of two types, the uint8 operand is first rounded to int8 by the same factor, which saturates.
        Value Wide(Value x, Value max)
        {
            var factor = node.Divide(node.Multiply(max, node.Constant(2147483648f)), node.Multiply(range, node.Constant(MxNetNode.Range(x.Type.Element))));
            return a.Type.Element != b.Type.Element && x.Type.Element == ElementType.U8 ? node.ToFloat(node.Rescale(x, factor, ElementType.S8)) : node.Multiply(node.ToFloat(x), factor);
        }
        node.Outputs(node.Round(node.Sum(Wide(a, maxA), Wide(b, maxB)), ElementType.S32), node.Negate(range), range);
    }

    [MxNetOperator("_contrib_quantized_elemwise_mul")]
    private static void Multiply(MxNetNode node)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        if (a.Type.Element != ElementType.S8 || b.Type.Element != ElementType.S8) throw node.Unsupported("operands other than int8");
        var (maxA, maxB) = (node.MaxAbs(node.Input(2), node.Input(3)), node.MaxAbs(node.Input(4), node.Input(5)));
        var (scaleA, scaleB) = (node.Scale(ElementType.S8, maxA), node.Scale(ElementType.S8, maxB));
        var product = node.Multiply(node.ToFloat(a), node.ToFloat(b));
        if (node.Attributes.Flag("enable_float_output"))
        {
            node.Output(0, node.Multiply(product, node.Divide(node.Divide(node.Constant(1), scaleA), scaleB)));
        }
        else if (node.Calibrated() is { } c)
        {
            var scale = node.Divide(node.Divide(node.Divide(node.Constant(127.5f), node.Constant(MathF.Max(MathF.Abs(c.Low), MathF.Abs(c.High)))), scaleA), scaleB);
            var truncated = node.Add(new Cast(ElementType.S32), node.Multiply(product, scale));
            node.Outputs(node.As(truncated, ElementType.S8), node.Constant(c.Low), node.Constant(c.High));
        }
        else
        {
            var range = ProductRange(node, maxA, 127, maxB, 127);
            node.Outputs(node.Add(new Cast(ElementType.S32), product), node.Negate(range), range);
        }
    }

    [MxNetOperator("_contrib_quantized_batch_norm")]
    private static void BatchNorm(MxNetNode node)
    {
        var data = node.Input(0);
        if (node.Calibrated() is not { } c) throw node.Inconsistent("the calibrated range is missing");
        if (data.Type.Element == ElementType.U8) data = node.Rescale(data, node.Constant(127.5f / 255.5f), ElementType.S8);
        var (gamma, beta, mean, variance) = (node.Floats(1), node.Floats(2), node.Floats(3), node.Floats(4));
        int channels = gamma.Length;
        if (beta.Length != channels || mean.Length != channels || variance.Length != channels) throw node.Inconsistent("the parameters differ in length");
        double eps = node.Attributes.Real("eps") ?? 1e-3;
        float maxOut = MathF.Max(MathF.Abs(c.Low), MathF.Abs(c.High));
        var (factor, shift) = (new float[channels], new float[channels]);
        for (int i = 0; i < channels; i++)
        {
            float inverse = (float)(1.0 / Math.Sqrt(variance[i] + eps));
            factor[i] = gamma[i] * inverse;
            shift[i] = (beta[i] - mean[i] * gamma[i] * inverse) * 127.5f / maxOut;
        }
        var scale = node.Divide(node.Divide(node.Multiply(node.Constant(factor), node.MaxAbs(node.Input(5), node.Input(6))), node.Constant(maxOut)), node.Constant(MathF.Sqrt(1f + (float)eps)));
        var image = Channels.ToLast(node.Builder, data, node.Location);
        var real = node.Sum(node.Multiply(node.ToFloat(image), scale), node.Constant(shift));
        node.Outputs(Channels.ToSecond(node.Builder, node.Round(real, ElementType.S8), node.Location), node.Constant(c.Low), node.Constant(c.High));
    }

    [MxNetOperator("_contrib_quantized_embedding")]
    private static void Embedding(MxNetNode node)
    {
        var rows = node.Input(1).Type.Shape[0];
        var indices = node.Add(new Cast(ElementType.S32), node.Add(Unary.Clamp(0, rows - 1), node.ToFloat(node.Input(0))));
        node.Outputs(node.Builder.Add(new Gather(0), [node.Input(1), indices], node.Location, new Ir.Quantization(1, 0)), node.Input(2), node.Input(3));
    }

    /// <summary>The range of an int32 product: maxabs a / ranges of a * maxabs b / range of b * 2^31.</summary>
    public static Value ProductRange(MxNetNode node, Value a, float rangeA, Value b, float rangeB) =>
        node.Multiply(node.Multiply(node.Divide(a, node.Constant(rangeA)), node.Divide(b, node.Constant(rangeB))), node.Constant(2147483648f));

    /// <summary>All axes but the first as one, where asked for.</summary>
    public static Value Flatten(MxNetNode node, Value data, bool flatten)
    {
        var shape = data.Type.Shape;
        if (!flatten || shape.Rank == 2) return data;
        if (shape.Rank == 0 || shape[0] == 0) throw node.Inconsistent($"{shape} does not flatten");
        return node.Builder.Add(new Reshape(new Shape(shape[0], shape.ElementCount / shape[0])), [data], node.Location, data.Type.Quantization);
    }

    private static Value Table(MxNetNode node, Value data, Func<int, int> function)
    {
        var table = new sbyte[256];
        for (int i = 0; i < 256; i++) table[i] = (sbyte)function((sbyte)i);
        return node.Builder.Add(new LookupTable(), [data, Value.Of($"{node.Source.Name}/table", Tensor.Of<sbyte>(new Shape(256), table))], node.Location, data.Type.Quantization);
    }
}
