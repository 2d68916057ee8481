using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>
/// FBGEMM's depthwise kernels on x86 add the products of taps 2i and 2i + 1 in saturating 16-bit numbers (vpmaddubsw, GenerateI8Depthwise.cc).
/// A network meets the saturation by accident, where data exceeds the calibrated 7 bits, and PyTorch's answer has it.
/// Where most pairs of weights of a network could saturate it is the rule: that answer is plainly wrong, other engines do not give it, and this pass makes the sums exact.
/// </summary>
internal sealed class FbgemmDepthwise : NodeRewritePass
{
    // Networks that were recorded have up to 0.33, layers made to show the fault 0.78.
    private const double LargestShare = 0.5;

    /// <inheritdoc/>
    public override string Name => "exact-depthwise";

    /// <summary>Whether FBGEMM has such a kernel for a convolution with one output a channel (takeDepthWiseFastPath of FbgemmConv.cc), and the numerics follow it.</summary>
    public static bool Saturates(TorchNumerics numerics, Window2D w, int channels, Quantization weights) =>
        (numerics is TorchNumerics.Fbgemm or TorchNumerics.FbgemmSaturating || numerics == TorchNumerics.X86 && !Operators.OneDnn.IsFaster(channels, weights))
        && channels % 8 == 0 && w.KernelHeight == w.KernelWidth && w.KernelHeight is 3 or 5 or 7 or 9 or 11 && w.StrideHeight == w.StrideWidth && w.StrideHeight is 1 or 2
        && w.DilationHeight == 1 && w.DilationWidth == 1 && w.PadTop == (w.KernelHeight - 1) / 2 && w.PadLeft == w.PadTop && w.PadBottom == w.PadTop && w.PadRight == w.PadTop;

    /// <summary>Makes the sums of a network exact if most of its pairs could saturate.</summary>
    public static Graph MakeExactWhereWrong(Graph graph)
    {
        long pairs = 0, unsafePairs = 0;
        foreach (var node in graph.Nodes.Where(n => n.Operator is QnnDepthwiseConv2D { SaturatesPairs: true }))
        {
            var weights = node.Input(1).Constant!;
            Count(weights.Span<sbyte>(), weights.Type.Shape[3], ref pairs, ref unsafePairs);
        }
        return unsafePairs > LargestShare * pairs ? new FbgemmDepthwise().Run(graph) : graph;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context) =>
        node.Operator is QnnDepthwiseConv2D { SaturatesPairs: true } op
            ? [context.Builder.Add(op with { SaturatesPairs = false }, [.. node.Inputs], node.Location, node.Output.Type.Quantization, node.Output.Name)]
            : null;

    // Pairs whose sum leaves 16 bits for some 8-bit data. Weights: [taps][channels].
    private static void Count(ReadOnlySpan<sbyte> weights, int channels, ref long pairs, ref long unsafePairs)
    {
        int taps = weights.Length / channels;
        for (int tap = 0; tap < taps; tap += 2)
            for (int channel = 0; channel < channels; channel++)
            {
                int a = weights[tap * channels + channel], b = tap + 1 < taps ? weights[(tap + 1) * channels + channel] : 0;
                int greatest = byte.MaxValue * (Math.Max(a, 0) + Math.Max(b, 0)), least = byte.MaxValue * (Math.Min(a, 0) + Math.Min(b, 0));
                pairs++;
                if (greatest > short.MaxValue || least < short.MinValue) unsafePairs++;
            }
    }
}
