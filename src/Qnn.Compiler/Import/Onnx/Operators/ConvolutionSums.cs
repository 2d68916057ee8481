using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>What ONNX Runtime's optimizer makes part of the float convolution in front of it, with other roundings: ConvAddFusion, ConvMulFusion, ConvBNFusion, NchwcTransformer and ConvAddActivationFusion.</summary>
internal static class ConvolutionSums
{
    /// <summary>Terms of channels join the bias, images the sums; whether that was so.</summary>
    public static bool Add(OnnxNode node, bool onlyInBlocks = false)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        if (a.Type.Element != ElementType.F32 || b.Type.Element != ElementType.F32) return false;
        if (!onlyInBlocks && node.Importer.Blocks.For(node, 0) is { } first && ChannelBlocks.Channels(b, a) is { } terms && first.WithChannels([.. terms.Select(_ => 1f)], (old, channel) => old + terms[channel]) is { } raised)
        {
            Finish(node, raised);
            return true;
        }
        if (a.Type.Shape.Rank != 4 || !a.Type.Shape.Equals(b.Type.Shape)) return false;
        bool inBlocks = node.Importer.Blocks.IsBlocked(a) && node.Importer.Blocks.IsBlocked(b);
        if (onlyInBlocks && !inBlocks) return false;
        var candidates = Enumerable.Range(0, 2).Select(i => (Convolution: node.Importer.Blocks.For(node, i), Other: i == 0 ? b : a)).Where(c => c.Convolution is { TakesAddend: true } && c.Convolution.IsBlocked == inBlocks);
        // Outside blocks it is the first in the file, not the first operand.
        if (!inBlocks) candidates = candidates.OrderBy(c => c.Convolution!.Node.Location.Index);
        if (candidates.FirstOrDefault() is not { Convolution: { } convolution, Other: var other }) return false;
        var y = convolution.Emit(other);
        node.Importer.Blocks.Remember(y, convolution, isJoined: true);
        node.Result(y);
        return true;
    }

    /// <summary>Factors of channels join weights and bias; whether that was so.</summary>
    public static bool Multiply(OnnxNode node)
    {
        var (a, b) = (node.Input(0), node.Input(1));
        if (a.Type.Element != ElementType.F32 || b is not { IsConstant: true, Type.Element: ElementType.F32 } || node.Importer.Blocks.For(node, 0) is not { } convolution) return false;
        float[]? factors = b.Type.Shape.ElementCount == 1 && b.Type.Shape.Rank <= 1 ? [.. Enumerable.Repeat(b.Constant!.Span<float>()[0], a.Type.Shape[1])] : ChannelBlocks.Channels(b, a);
        if (factors is null || convolution.WithChannels(factors, (old, channel) => old * factors[channel]) is not { } scaled) return false;
        Finish(node, scaled);
        return true;
    }

    /// <summary>A normalization by constants joins the convolution before it, or becomes one of single taps where images are in blocks; whether that was so.</summary>
    public static bool Normalize(OnnxNode node)
    {
        if (ChannelNormalization.Of(node, node.IsHalf(0)) is not { } normalization) return false;
        if (node.Importer.Blocks.For(node, 0) is { } convolution && convolution.WithChannels(normalization.Factors, (old, c) => normalization.Bias(convolution.Bias is null ? null : old, c)) is { } folded)
        {
            Finish(node, folded);
            return true;
        }
        if (!node.Importer.Blocks.IsBlocked(node.Input(0))) return false;
        // That is done when everything is in single precision.
        normalization = ChannelNormalization.Of(node, isHalf: false)!;
        Finish(node, FloatConvolution.OfChannels(node, node.Input(0), normalization.Factors, [.. normalization.Terms.Select((_, c) => normalization.Bias(null, c))]));
        return true;
    }

    private static void Finish(OnnxNode node, FloatConvolution convolution)
    {
        var y = convolution.Emit();
        node.Importer.Blocks.Remember(y, convolution);
        node.Result(y);
    }
}
