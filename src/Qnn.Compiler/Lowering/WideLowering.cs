using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Compiler.Lowering;

/// <summary>What the kernels with 64-bit accumulators take: windows, epilogues, and weights as 16-bit numbers less their zero points.</summary>
internal static class WideLowering
{
    /// <summary>The window's parameters.</summary>
    public static WideWindowParameters Window(Window2D window) => new()
    {
        KernelHeight = window.KernelHeight,
        KernelWidth = window.KernelWidth,
        StrideHeight = window.StrideHeight,
        StrideWidth = window.StrideWidth,
        DilationHeight = window.DilationHeight,
        DilationWidth = window.DilationWidth,
        PadTop = window.PadTop,
        PadLeft = window.PadLeft,
    };

    /// <summary>The epilogue's parameters.</summary>
    public static WideEpilogueParameters Epilogue(Requantize op) => new()
    {
        Arithmetic = (int)op.Arithmetic,
        ZeroPoint = op.OutputZeroPoint,
        Min = op.Minimum,
        Max = op.Maximum,
    };

    /// <summary>The epilogue's constants: biases, multipliers, exponents, one each a channel.</summary>
    public static int[] Channels(LoweringContext context, Node node, Requantize op, int channels, Tensor? bias)
    {
        string name = node.Location.Node;
        var multipliers = Enumerable.Range(0, channels).Select(c => EpilogueLowering.Multiplier(op, c)).ToArray();
        return
        [
            context.Constant<long>(bias?.ToInt64() ?? new long[channels], $"{name}/bias"),
            context.Constant<int>([.. multipliers.Select(m => m.Multiplier)], $"{name}/multipliers"),
            context.Constant<int>([.. multipliers.Select(m => m.Exponent)], $"{name}/exponents"),
        ];
    }

    /// <summary>Weights less their zero points, rows of <paramref name="depth"/> padded with zeros to what <see cref="DotProduct16"/> takes.</summary>
    /// <param name="weights">The weights, row-major, outputs outermost.</param>
    /// <param name="depth">Elements of a row.</param>
    public static short[] Rows(Tensor weights, int depth)
    {
        short[] centered = Centered(weights);
        int rows = centered.Length / depth, padded = DotProduct16.Pad(depth);
        var packed = new short[rows * padded];
        for (int r = 0; r < rows; r++) centered.AsSpan(r * depth, depth).CopyTo(packed.AsSpan(r * padded));
        return packed;
    }

    /// <summary>Weights less their zero points, as <see cref="WordPanels"/> of each group.</summary>
    /// <param name="weights">The weights, row-major, outputs outermost.</param>
    /// <param name="groups">Groups of outputs.</param>
    /// <param name="depth">Elements of an output.</param>
    public static short[] Panels(Tensor weights, int groups, int depth)
    {
        short[] centered = Centered(weights);
        int perGroup = centered.Length / depth / groups, padded = WordPanels.PadDepth(depth), columns = WordPanels.Pad(perGroup);
        var packed = new short[groups * columns * padded];
        for (int o = 0; o < groups * perGroup; o++)
        {
            int column = o % perGroup, panel = o / perGroup * columns + column / WordPanels.Width * WordPanels.Width;
            for (int k = 0; k < depth; k++) packed[panel * padded + (k / 2 * WordPanels.Width + column % WordPanels.Width) * 2 + k % 2] = centered[o * depth + k];
        }
        return packed;
    }

    /// <summary>Weights less their zero points.</summary>
    public static short[] Centered(Tensor weights)
    {
        long[] elements = weights.ToInt64();
        var quantization = weights.Type.Quantization;
        int perOutput = elements.Length / Math.Max(1, weights.Type.Shape[0]);
        var centered = new short[elements.Length];
        for (int i = 0; i < centered.Length; i++)
        {
            int zeroPoint = quantization is null ? 0 : quantization is { Axis: 0 } ? quantization.ZeroPoints[i / perOutput] : quantization.ZeroPoint;
            centered[i] = checked((short)(elements[i] - zeroPoint));
        }
        return centered;
    }

    /// <summary>An operand that the compiler packs.</summary>
    public static Tensor Constant(Node node, int index) =>
        node.Input(index).Constant ?? throw new InvalidOperationException($"{node.Operator.Mnemonic} from {node.Location} takes operand {index} as a constant.");
}
