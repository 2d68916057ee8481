using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>A BatchNormalization by constants, as ONNX Runtime's optimizer makes it part of what stands before it: weights times a factor, a new bias.</summary>
/// <param name="Factors">scale / sqrt(variance + epsilon), one a channel.</param>
/// <param name="Terms">What is added behind.</param>
/// <param name="Means">What is taken off before.</param>
/// <param name="IsHalf">Whether each step is rounded to half precision.</param>
internal sealed record ChannelNormalization(float[] Factors, float[] Terms, float[] Means, bool IsHalf)
{
    /// <summary>That of a node; null where an operand is computed at run time.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isHalf">Whether it is computed on numbers of half precision.</param>
    public static ChannelNormalization? Of(OnnxNode node, bool isHalf)
    {
        if (Enumerable.Range(1, 4).Any(i => node.Input(i) is not { IsConstant: true, Type: { Element: ElementType.F32, Shape.Rank: 1 } })) return null;
        float[] Numbers(int i) => node.Input(i).Constant!.Span<float>().ToArray();
        float epsilon = node.Float("epsilon", 1e-5f);
        return new ChannelNormalization([.. Numbers(1).Zip(Numbers(4), (factor, variance) => Round(factor / Round(MathF.Sqrt(Round(variance + epsilon)))))], Numbers(2), Numbers(3), isHalf);

        float Round(float number) => HalfPrecision.Rounded(number, isHalf);
    }

    /// <summary>That of the only node behind another; null where there is none.</summary>
    public static (ChannelNormalization Normalization, int Index)? Behind(OnnxNode node) =>
        node.Importer.Patterns.NormalizationBehind(node) is { } next && Of(next, next.IsHalf(0)) is { } normalization ? (normalization, next.Location.Index) : null;

    /// <summary>The bias of a channel of what is normalized, before (null for none) and after.</summary>
    public float Bias(float? before, int channel) => before is { } bias
        ? Rounded(Rounded(Rounded(bias - Means[channel]) * Factors[channel]) + Terms[channel])
        : Rounded(Terms[channel] - Rounded(Means[channel] * Factors[channel]));

    /// <summary>Weights with each channel, along an axis, multiplied; null where they are not known or do not fit.</summary>
    public Value? Weights(Value weights, int axis)
    {
        var shape = weights.Type.Shape;
        if (!weights.IsConstant || weights.Type.Element != ElementType.F32 || shape[axis] != Factors.Length) return null;
        int stride = shape.Skip(axis + 1).Aggregate(1, (n, e) => n * e);
        return Value.Of(weights.Name, Tensor.Of<float>(shape, [.. weights.Constant!.Span<float>().ToArray().Select((w, i) => Rounded(w * Factors[i / stride % Factors.Length]))]));
    }

    /// <summary>The biases of all channels.</summary>
    public Value? Biases(Value? before)
    {
        if (before is not (null or { IsConstant: true }) || before is not null && before.Type.Shape.ElementCount != Factors.Length) return null;
        float[]? old = before?.Constant!.Span<float>().ToArray();
        return Value.Of("bias", Tensor.Of<float>(new Shape(Factors.Length), [.. Factors.Select((_, c) => Bias(old?[c], c))]));
    }

    private float Rounded(float number) => HalfPrecision.Rounded(number, IsHalf);
}
