using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.MxNet.Operators;

/// <summary>
/// <c>_sg_mkldnn_conv</c>: convolution, batch normalization, activation, sum and activation in one, its own attributes only in its subgraph, its weights float and unfolded in the file.
/// Formulas: docs/numerics.md.
/// </summary>
internal static class FusedConvolution
{
    [MxNetOperator("_sg_mkldnn_conv")]
    private static void Import(MxNetNode node)
    {
        var parts = Parts.Read(node);
        if (!node.Attributes.Flag("quantized")) Float(node, parts);
        else if (node.Calibrated() is { } calibrated) Calibrated(node, parts, MathF.Max(MathF.Abs(calibrated.Low), MathF.Abs(calibrated.High)), calibrated);
        else Accumulators(node, parts);
    }

    private static void Float(MxNetNode node, Parts parts)
    {
        var image = Channels.ToLast(node.Builder, node.Input(0), node.Location);
        // What is added goes into the convolution, unless an activation stands between.
        var addend = parts.Sum is { } operand && !parts.ActsBeforeSum ? Channels.ToLast(node.Builder, operand, node.Location) : null;
        var y = Channels.ToSecond(node.Builder, parts.Source.Convolve(node, image, parts.Folded.Weights, parts.Folded.Bias, addend), node.Location);
        if (parts.ActsBeforeSum) y = parts.Activation!.Apply(node, y);
        if (parts.Sum is { } other && addend is null) y = node.Sum(y, other);
        node.Output(0, parts.ActsAfterSum ? parts.Activation!.Apply(node, y) : y);
    }

    private static void Calibrated(MxNetNode node, Parts parts, float maxOut, (float Low, float High) range)
    {
        bool last = parts.Sum is null ? parts.ActsBeforeSum : parts.ActsAfterSum;
        var element = last && parts.Activation!.IsUnsigned ? ElementType.U8 : ElementType.S8;
        var dataScale = node.Scale(node.Input(0).Type.Element, parts.DataMaxAbs);
        float? known = dataScale.Constant?.Span<float>()[0];
        var outScale = node.Constant(MxNetNode.Range(element) / maxOut);
        float[] scales = parts.Folded.ChannelScales(known);
        var factor = node.Divide(node.Divide(outScale, dataScale), node.Constant(scales));
        var weights = parts.Folded.Quantized(scales, parts.Source.Groups);
        var image = Channels.ToLast(node.Builder, node.Input(0), node.Location);
        // A bounded relu needs no code: it is the saturation of uint8.
        bool simple = parts.Sum is null && (parts.Activation is null || parts.Activation.Kind is "relu" or "clip");
        Value y;
        if (simple && known is { } ds)
        {
            int[]? bias = parts.Folded.Bias is { } b ? [.. b.Select((v, c) => Round32(v * (scales[c] * ds)))] : null;
            var (low, high) = IntegerRange.Of(element);
            var multipliers = factor.Constant!.Span<float>().ToArray().Select(f => (double)f).ToArray();
            y = node.Builder.Add(new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles(multipliers), element, 0, low, high),
                [parts.Source.Accumulate(node, image, weights, bias)], node.Location, new Ir.Quantization(maxOut / MxNetNode.Range(element), 0));
        }
        else
        {
            var real = node.Multiply(Biased(node, parts, image, weights, scales, dataScale), factor);
            if (parts.ActsBeforeSum && parts.Activation!.Kind != "clip") real = parts.Activation.Apply(node, real);
            if (parts.Sum is { } operand)
            {
                real = node.Add(new MultiplyAdd(), node.ToFloat(Channels.ToLast(node.Builder, operand, node.Location)), node.Divide(outScale, node.Scale(operand.Type.Element, parts.SumMaxAbs!)), real);
                if (parts.ActsAfterSum) real = parts.Activation!.Apply(node, real);
                // The result lies in the operand's memory and saturates as its type, whatever type it is declared to have.
                y = node.As(node.Round(real, operand.Type.Element), element);
            }
            else
            {
                y = node.Round(real, element);
            }
        }
        node.Outputs(Channels.ToSecond(node.Builder, y, node.Location), node.Constant(range.Low), node.Constant(range.High));
    }

    /// <summary>Without a calibrated range: int32 sums, through float32. A fused clip is lost, as it is in MXNet.</summary>
    private static void Accumulators(MxNetNode node, Parts parts)
    {
        var element = node.Input(0).Type.Element;
        var dataScale = node.Scale(element, parts.DataMaxAbs);
        float[] scales = [parts.Folded.TensorScale];
        var image = Channels.ToLast(node.Builder, node.Input(0), node.Location);
        var real = Biased(node, parts, image, parts.Folded.Quantized(scales, 1), scales, dataScale);
        if (parts.ActsBeforeSum && parts.Activation!.Kind != "clip") real = parts.Activation.Apply(node, real);
        if (parts.Sum is { } operand)
        {
            var factor = node.Divide(node.Multiply(dataScale, node.Constant(scales[0])), node.Scale(operand.Type.Element, parts.SumMaxAbs!));
            real = node.Add(new MultiplyAdd(), node.ToFloat(Channels.ToLast(node.Builder, operand, node.Location)), factor, real);
            if (parts.ActsAfterSum) real = parts.Activation!.Apply(node, real);
        }
        var range = QuantizedLayers.ProductRange(node, node.Constant(parts.Folded.MaxAbs), 127, parts.DataMaxAbs, element == ElementType.U8 ? 255 : 127);
        node.Outputs(Channels.ToSecond(node.Builder, node.Round(real, ElementType.S32), node.Location), node.Negate(range), range);
    }

    /// <summary>f32(acc) + f32(bias), the bias being sat32(RNE(b * (ws * ds))).</summary>
    private static Value Biased(MxNetNode node, Parts parts, Value image, sbyte[] weights, float[] scales, Value dataScale)
    {
        var sums = node.ToFloat(parts.Source.Accumulate(node, image, weights, null));
        if (parts.Folded.Bias is not { } bias) return sums;
        var rounded = node.Add(new Unary(UnaryKind.Round), node.Multiply(node.Constant(bias), node.Multiply(node.Constant(scales), dataScale)));
        return node.Sum(sums, node.Add(Unary.Clamp(-2147483648f, 2147483648f), rounded));
    }

    private static int Round32(float value) => (int)Math.Clamp(MathF.Round(value, MidpointRounding.ToEven), (double)int.MinValue, int.MaxValue);

    /// <summary>The operands and the subgraph, taken apart.</summary>
    private sealed record Parts(ConvolutionSource Source, FoldedWeights Folded, FusedActivation? Activation, bool ActsBeforeSum, bool ActsAfterSum, Value? Sum, Value DataMaxAbs, Value? SumMaxAbs)
    {
        public static Parts Read(MxNetNode node)
        {
            if (node.Source.Subgraphs is not [var subgraph, ..] || subgraph.Nodes.FirstOrDefault(n => n.Op == "Convolution") is not { } convolution) throw node.Inconsistent("the subgraph has no convolution");
            var attributes = node.Attributes;
            bool quantized = attributes.Flag("quantized"), withSum = attributes.Flag("with_sum");
            bool before = attributes.Flag("with_act") || attributes.Flag("with_relu"), after = attributes.Flag("with_postsum_act") || attributes.Flag("with_postsum_relu");
            var activation = before || after ? FusedActivation.Last(subgraph) ?? throw node.Inconsistent("the subgraph ends without its activation") : null;
            int at = 2;
            var weights = node.Parameter(1);
            if (weights.Type.Shape.Rank != 4) throw node.Unsupported($"weights {weights.Type}");
            int outputs = weights.Type.Shape[0];
            float[]? bias = convolution.Attributes.Flag("no_bias") ? null : Vector(at++);
            var folded = FoldedWeights.Plain(node.Floats(1), bias, outputs);
            if (attributes.Flag("with_bn"))
            {
                var norm = subgraph.Nodes.FirstOrDefault(n => n.Op == "BatchNorm") ?? throw node.Inconsistent("the subgraph has no batch normalization");
                var (gamma, beta, mean, variance) = (Vector(at), Vector(at + 1), Vector(at + 2), Vector(at + 3));
                at += 4;
                if (norm.Attributes.Flag("fix_gamma", true)) Array.Fill(gamma, 1f);
                folded = FoldedWeights.WithBatchNorm(node.Floats(1), bias, gamma, beta, mean, variance, norm.Attributes.Real("eps") ?? 1e-3);
            }
            var sum = withSum ? node.Input(at++) : null;
            var source = new ConvolutionSource(node, convolution.Attributes, weights.Type.Shape, node.Input(0).Type.Shape);
            if (!quantized) return new Parts(source, folded, activation, before, after, sum, node.Constant(0), null);
            var dataMax = node.MaxAbs(node.Input(at), node.Input(at + 1));
            return new Parts(source, folded, activation, before, after, sum, dataMax, withSum ? node.MaxAbs(node.Input(at + 2), node.Input(at + 3)) : null);

            float[] Vector(int index)
            {
                float[] values = node.Floats(index);
                return values.Length == outputs ? values : throw node.Inconsistent($"operand {index} has {values.Length} elements for {outputs} channels");
            }
        }
    }
}
