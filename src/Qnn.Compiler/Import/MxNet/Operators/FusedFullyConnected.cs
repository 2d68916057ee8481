using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.MxNet.Operators;

/// <summary><c>_sg_mkldnn_fully_connected</c>: a dense layer and an activation in one, with one weight scale (int8 weights in the file) or one an output (float weights). Formulas: docs/numerics.md.</summary>
internal static class FusedFullyConnected
{
    [MxNetOperator("_sg_mkldnn_fully_connected")]
    private static void Import(MxNetNode node)
    {
        if (node.Source.Subgraphs is not [var subgraph, ..] || subgraph.Nodes.FirstOrDefault(n => n.Op == "FullyConnected") is not { } dense) throw node.Inconsistent("the subgraph has no fully connected layer");
        var attributes = node.Attributes;
        bool hasBias = !dense.Attributes.Flag("no_bias"), withActivation = attributes.Flag("with_eltwise") || attributes.Flag("with_relu");
        var activation = withActivation ? FusedActivation.Last(subgraph) ?? throw node.Inconsistent("the subgraph ends without its activation") : null;
        var data = QuantizedLayers.Flatten(node, node.Input(0), dense.Attributes.Flag("flatten", true));
        var weights = node.Parameter(1);
        if (weights.Type.Shape.Rank != 2 || weights.Type.Shape[1] != data.Type.Shape[-1]) throw node.Inconsistent($"weights {weights.Type.Shape} do not fit data {data.Type.Shape}");
        int outputs = weights.Type.Shape[0], first = hasBias ? 3 : 2;
        if (hasBias && node.Parameter(2).Type.Shape.ElementCount != outputs) throw node.Inconsistent("the bias has another length than outputs");
        if (!attributes.Flag("quantized"))
        {
            var y = node.Add(new Dense(Sum: OneDnnSums.Dense(data.Type.Shape)), data, node.Input(1), hasBias ? node.Input(2) : null);
            node.Output(0, activation?.Apply(node, y) ?? y);
            return;
        }

        var element = data.Type.Element;
        var dataMax = node.MaxAbs(node.Input(first), node.Input(first + 1));
        var dataScale = node.Scale(element, dataMax);
        Value weightScale, weightMax, integers;
        Value? bias = null;
        if (attributes.Flag("channel_wise_quantize"))
        {
            var folded = FoldedWeights.Plain(node.Floats(1), hasBias ? node.Floats(2) : null, outputs);
            float[] scales = folded.ChannelScales(dataScale.Constant?.Span<float>()[0]);
            integers = Value.Of($"{node.Source.Name}/weights", Tensor.Of<sbyte>(weights.Type.Shape, folded.Quantized(scales, 1)));
            (weightScale, weightMax) = (node.Constant(scales), node.Constant(folded.MaxAbs));
            if (folded.Bias is { } b) bias = node.Add(new Unary(UnaryKind.Round), node.Multiply(node.Constant(b), node.Multiply(weightScale, dataScale)));
        }
        else
        {
            if (weights.Type.Element != ElementType.S8) throw node.Unsupported($"weights {weights.Type}");
            integers = node.Input(1);
            weightMax = node.MaxAbs(node.Input(first + 2), node.Input(first + 3));
            weightScale = node.Scale(ElementType.S8, weightMax);
            if (hasBias)
            {
                var biasScale = node.Scale(ElementType.S8, node.MaxAbs(node.Input(first + 4), node.Input(first + 5)));
                bias = RoundAway(node, node.Multiply(node.ToFloat(node.Input(2)), node.Divide(node.Multiply(dataScale, weightScale), biasScale)));
            }
        }

        var sums = node.ToFloat(node.Add(new QnnDense(), data, integers, null));
        if (bias is not null) sums = node.Sum(sums, bias);
        if (attributes.Flag("enable_float_output"))
        {
            var y = node.Multiply(sums, node.Divide(node.Divide(node.Constant(1), dataScale), weightScale));
            node.Output(0, activation?.Apply(node, y) ?? y);
        }
        else if (node.Calibrated() is { } c)
        {
            var output = activation?.IsUnsigned == true ? ElementType.U8 : ElementType.S8;
            var outScale = node.Divide(node.Constant(MxNetNode.Range(output)), node.Constant(MathF.Max(MathF.Abs(c.Low), MathF.Abs(c.High))));
            var y = activation is null
                ? node.Multiply(sums, node.Divide(node.Divide(outScale, dataScale), weightScale))
                : node.Multiply(activation.Apply(node, node.Multiply(sums, node.Divide(node.Divide(node.Constant(1), dataScale), weightScale))), outScale);
            node.Outputs(node.Round(y, output), node.Constant(c.Low), node.Constant(c.High));
        }
        else
        {
            var range = QuantizedLayers.ProductRange(node, dataMax, 127, weightMax, element == ElementType.U8 ? 255 : 127);
            node.Outputs(node.Round(activation?.Apply(node, sums) ?? sums, ElementType.S32), node.Negate(range), range);
        }
    }

    /// <summary>C's round: halves away from zero.</summary>
    private static Value RoundAway(MxNetNode node, Value x) => node.Multiply(
        node.Add(new Unary(UnaryKind.Sign), x), node.Add(new Unary(UnaryKind.Floor), node.Sum(node.Add(new Unary(UnaryKind.Abs), x), node.Constant(0.5f))));
}
