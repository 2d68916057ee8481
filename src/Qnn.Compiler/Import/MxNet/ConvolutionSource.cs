using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>What MXNet's Convolution says of itself, and its exact integer sums. Weights are O, I/groups, height, width, as in the params file.</summary>
internal sealed class ConvolutionSource
{
    private readonly Shape _weights;

    public ConvolutionSource(MxNetNode node, MxNetAttributes attributes, Shape weights, Shape data)
    {
        if (weights.Rank != 4 || data.Rank != 4) throw node.Unsupported($"a convolution of {data} by {weights}");
        if (attributes.Text("layout", "NCHW") != "NCHW") throw node.Unsupported($"layout {attributes.Text("layout")}");
        _weights = weights;
        Groups = attributes.Int("num_group", 1);
        var (strides, dilations, padding) = (attributes.Pair("stride", 1), attributes.Pair("dilate", 1), attributes.Pair("pad", 0));
        Window = new Window2D(weights[2], weights[3], strides.Rows, strides.Columns, dilations.Rows, dilations.Columns, padding.Rows, padding.Columns, padding.Rows, padding.Columns);
        if (Groups <= 0 || weights[0] % Groups != 0 || (long)weights[1] * Groups != data[1]) throw node.Inconsistent($"data {data} and weights {weights} do not make {Groups} groups");
    }

    public int Groups { get; }

    public Window2D Window { get; }

    public int Channels => _weights[0];

    private bool IsDepthwise => Groups > 1 && _weights[1] == 1;

    /// <summary>The int32 sums, channels last, of data with channels last.</summary>
    public Value Accumulate(MxNetNode node, Value data, sbyte[] weights, int[]? bias)
    {
        var biases = bias is null ? null : Value.Of($"{node.Source.Name}/bias", Tensor.Of<int>(new Shape(bias.Length), bias));
        return IsDepthwise
            ? node.Add(new QnnDepthwiseConv2D(Window), data, Arranged(node, weights), biases)
            : node.Add(new QnnConv2D(Window, Groups), data, Arranged(node, weights), biases);
    }

    /// <summary>The float convolution, channels last, summed as oneDNN's implementation for its shape does on AVX-512; an addend of the result's shape is fused.</summary>
    public Value Convolve(MxNetNode node, Value data, float[] weights, float[]? bias, Value? addend = null)
    {
        var biases = bias is null ? null : node.Constant(bias);
        if (IsDepthwise)
        {
            var y = node.Add(new DepthwiseConv2D(Window, Sum: OneDnnSums.Depthwise(Groups)), data, Arranged(node, weights), biases);
            return addend is null ? y : node.Sum(y, addend);
        }
        int pixels = !Window.IsValid ? 0 : Window.OutputHeight(data.Type.Shape[1]) * Window.OutputWidth(data.Type.Shape[2]);
        return node.Add(new Conv2D(Window, Sum: OneDnnSums.Convolution(Window, Groups, _weights[1], _weights[0] / Groups, pixels)), data, Arranged(node, weights), biases, addend);
    }

    /// <summary>Weights as the IR takes them: O, height, width, I; for depthwise convolutions 1, height, width, O.</summary>
    private Value Arranged<T>(MxNetNode node, T[] weights) where T : unmanaged
    {
        int outputs = _weights[0], taken = _weights[1], taps = _weights[2] * _weights[3];
        var result = new T[weights.Length];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < taken; i++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    result[IsDepthwise ? tap * outputs + o : (o * taps + tap) * taken + i] = weights[(o * taken + i) * taps + tap];
                }
            }
        }
        var shape = IsDepthwise ? new Shape(1, _weights[2], _weights[3], outputs) : new Shape(outputs, _weights[2], _weights[3], taken);
        return Value.Of($"{node.Source.Name}/weights", Tensor.Of<T>(shape, result));
    }
}
