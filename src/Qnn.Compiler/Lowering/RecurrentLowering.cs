using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering;

/// <summary>Weights of float recurrent layers as their kernels take them.</summary>
internal static class RecurrentLowering
{
    /// <summary>A weight matrix: floats as they are, int8 as padded int16 rows; -1 for an absent one.</summary>
    public static int Matrix(LoweringContext context, Value? weights, string name) => weights is null ? -1
        : weights.Type.Element == ElementType.F32 ? context.Tensor(weights)
        : context.Constant<short>(WideLowering.Rows(weights.Constant!, weights.Type.Shape[1]), name);

    /// <summary>Float weights in the order of <see cref="FloatPanels"/>.</summary>
    /// <param name="weights">A row for each column of the panels.</param>
    /// <param name="depth">Elements of a row.</param>
    public static float[] Panels(ReadOnlySpan<float> weights, int depth)
    {
        int columns = weights.Length / depth;
        var panels = new float[FloatPanels.Pad(columns) * depth];
        for (int n = 0; n < columns; n++)
            for (int k = 0; k < depth; k++) panels[(n / FloatPanels.Width * depth + k) * FloatPanels.Width + n % FloatPanels.Width] = weights[n * depth + k];
        return panels;
    }

    /// <summary>What <see cref="StateSums"/> takes: 8-bit weights packed, biases of zero, and the columns' sums and scales.</summary>
    public static int[] Sums(LoweringContext context, Tensor weights, string name)
    {
        int columns = weights.Type.Shape[0], depth = weights.Type.Shape[1];
        int[] centered = ConvolutionWeights.Center(weights), sums = new int[columns];
        for (int i = 0; i < centered.Length; i++) sums[i / depth] += centered[i];
        return
        [
            .. ConvolutionWeights.Pack(context, name, centered, 1, columns, depth),
            context.Constant<int>(new int[(columns + 15) / 16 * 16], $"{name}/no_biases"),
            context.Constant<int>(sums, $"{name}/sums"),
            context.Constant<float>(weights.Type.Quantization!.ScalesOf(columns), $"{name}/scales"),
        ];
    }

    /// <summary>The scale of int8 weights; 0 for others.</summary>
    public static float Scale(Value? weights) => weights is { Type.Element: ElementType.S8 } ? weights.Type.Scale : 0;

    /// <summary>A constant as floats; -1 for an absent one.</summary>
    public static int Floats(LoweringContext context, Value? value, string name)
    {
        if (value is null) return -1;
        if (value.Type.Element == ElementType.F32) return context.Tensor(value);
        float scale = value.Type.Scale;
        return context.Constant<float>([.. value.Constant!.ToInt64().Select(v => scale * v)], name, value.Type.Shape.Span);
    }
}
