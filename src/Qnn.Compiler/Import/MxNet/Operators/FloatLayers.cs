using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.MxNet.Operators;

/// <summary>Float layers of gluon's model zoo.</summary>
internal static class FloatLayers
{
    [MxNetOperator("Convolution")]
    private static void Convolution(MxNetNode node)
    {
        var weights = node.Parameter(1);
        var source = new ConvolutionSource(node, node.Attributes, weights.Type.Shape, node.Input(0).Type.Shape);
        float[]? bias = node.Attributes.Flag("no_bias") ? null : node.Floats(2);
        var image = Channels.ToLast(node.Builder, node.Input(0), node.Location);
        node.Output(0, Channels.ToSecond(node.Builder, source.Convolve(node, image, node.Floats(1), bias), node.Location));
    }

    [MxNetOperator("FullyConnected")]
    private static void FullyConnected(MxNetNode node)
    {
        var data = QuantizedLayers.Flatten(node, node.Input(0), node.Attributes.Flag("flatten", true));
        node.Output(0, node.Add(new Dense(Sum: OneDnnSums.Dense(data.Type.Shape)), data, node.Input(1), node.Attributes.Flag("no_bias") ? null : node.Input(2)));
    }

    [MxNetOperator("BatchNorm")]
    private static void BatchNorm(MxNetNode node)
    {
        var (gamma, beta, mean, variance) = (node.Floats(1), node.Floats(2), node.Floats(3), node.Floats(4));
        var shape = node.Input(0).Type.Shape;
        int axis = node.Attributes.Int("axis", 1);
        if (axis < 0) axis += shape.Rank;
        if ((uint)axis >= (uint)shape.Rank || new[] { gamma, beta, mean, variance }.Any(p => p.Length != shape[axis])) throw node.Inconsistent($"the parameters do not fit axis {axis} of {shape}");
        if (node.Attributes.Flag("fix_gamma", true)) Array.Fill(gamma, 1f);
        float eps = (float)(node.Attributes.Real("eps") ?? 1e-3);
        float[] deviation = [.. variance.Select(v => MathF.Sqrt(v + eps))], scale = [.. gamma.Zip(deviation, (g, d) => g / d)];
        var form = axis == 1 && shape.Rank == 4 ? node.Layout(0) : BlockedLayout.None;
        if (form == BlockedLayout.None)
        {
            var extents = Enumerable.Repeat(1, shape.Rank).ToArray();
            extents[axis] = gamma.Length;
            Value Along(float[] values) => Value.Of(node.Source.Name, Tensor.Of<float>(new Shape(extents), values));
            node.Output(0, node.Sum(node.Multiply(node.Binary(BinaryKind.Subtract, node.Input(0), Along(mean)), Along(scale)), Along(beta)));
            return;
        }
        var centred = node.Binary(BinaryKind.Subtract, Channels.ToLast(node.Builder, node.Input(0), node.Location), node.Constant(mean));
        var y = form == BlockedLayout.Whole
            ? node.Add(new MultiplyAdd(), centred, node.Constant(scale), node.Constant(beta))
            : node.Add(new MultiplyAdd(), node.Multiply(centred, node.Constant([.. deviation.Select(d => 1 / d)])), node.Constant(gamma), node.Constant(beta));
        node.Output(0, Channels.ToSecond(node.Builder, y, node.Location));
    }

    [MxNetOperator("Activation")]
    private static void Activation(MxNetNode node) => node.Output(0, FusedActivation.Of(node, node.Input(0), node.Attributes.Text("act_type", "relu"), node.Attributes));

    [MxNetOperator("clip"), MxNetOperator("relu"), MxNetOperator("tanh"), MxNetOperator("sqrt"), MxNetOperator("exp"), MxNetOperator("square"), MxNetOperator("abs")]
    private static void Function(MxNetNode node) => node.Output(0, FusedActivation.Of(node, node.Input(0), node.Source.Op!, node.Attributes));

    // The operator is MXNet's own, the activation of this name is oneDNN's.
    [MxNetOperator("sigmoid")]
    private static void Sigmoid(MxNetNode node) => node.Output(0, node.Add(new Unary(UnaryKind.Logistic), node.Input(0)));

    [MxNetOperator("LeakyReLU")]
    private static void LeakyRelu(MxNetNode node)
    {
        string kind = node.Attributes.Text("act_type", "leaky");
        if (kind is "leaky" or "gelu")
        {
            node.Output(0, FusedActivation.Of(node, node.Input(0), kind, node.Attributes));
            return;
        }
        if (kind != "prelu") throw node.Unsupported($"act_type {kind}");
        var slope = node.Input(1);
        int rank = node.Input(0).Type.Shape.Rank;
        if (slope.Type.Shape.ElementCount > 1 && rank > 1) slope = node.Add(new Reshape(new Shape([1, slope.Type.Shape.ElementCount, .. Enumerable.Repeat(1, rank - 2)])), slope);
        node.Output(0, node.Binary(BinaryKind.PRelu, node.Input(0), slope));
    }

    [MxNetOperator("Pooling")]
    private static void Pooling(MxNetNode node)
    {
        var image = Channels.ToLast(node.Builder, node.Input(0), node.Location);
        var window = Windows.Pool(node, image.Type.Shape);
        string kind = node.Attributes.Text("pool_type", "max");
        Value y;
        if (kind == "max")
        {
            y = node.Add(new Pool2D(PoolKind.Max, window), image);
        }
        else if (kind == "avg")
        {
            int channels = image.Type.Shape[3];
            var ones = new float[window.KernelHeight * window.KernelWidth * channels];
            Array.Fill(ones, 1f);
            var weights = Value.Of($"{node.Source.Name}/ones", Tensor.Of<float>(new Shape(1, window.KernelHeight, window.KernelWidth, channels), ones));
            y = node.Divide(node.Add(new DepthwiseConv2D(window), image, weights, null), Windows.Counts(node, window, image.Type.Shape));
        }
        else
        {
            throw node.Unsupported($"pool_type {kind}");
        }
        node.Output(0, Channels.ToSecond(node.Builder, y, node.Location));
    }

    [MxNetOperator("softmax"), MxNetOperator("SoftmaxOutput"), MxNetOperator("SoftmaxActivation"), MxNetOperator("Softmax")]
    private static void Softmax(MxNetNode node)
    {
        var data = node.Input(0);
        int rank = data.Type.Shape.Rank, axis = node.Source.Op == "softmax" ? node.Attributes.Int("axis", -1) : rank > 2 && node.Source.Op != "SoftmaxActivation" ? 1 : -1;
        if (axis < 0) axis += rank;
        if (axis != rank - 1) throw node.Unsupported($"softmax over axis {axis} of {data.Type.Shape}");
        float temperature = node.Attributes.Float("temperature") ?? 1;
        node.Output(0, node.Add(new Softmax(1 / temperature, temperature == 1 ? RowFunction.OneDnnSoftmax : RowFunction.Softmax), data));
    }
}
