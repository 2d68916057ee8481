using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering;

/// <summary>Packs float weights and adds the steps of float convolutions.</summary>
internal static class FloatConvolution
{
    private const int Block = FloatConv2DKernel.Block;

    /// <summary>The parameters that follow from window and shapes.</summary>
    public static FloatConv2DParameters Parameters(Window2D window, Shape input, Shape output, float min, float max, FloatSum sum = FloatSum.Rounded) => new()
    {
        Batches = input[0],
        InputHeight = input[1],
        InputWidth = input[2],
        InputChannels = input[3],
        OutputHeight = output[1],
        OutputWidth = output[2],
        OutputChannels = output[3],
        KernelHeight = window.KernelHeight,
        KernelWidth = window.KernelWidth,
        StrideHeight = window.StrideHeight,
        StrideWidth = window.StrideWidth,
        DilationHeight = window.DilationHeight,
        DilationWidth = window.DilationWidth,
        PadTop = window.PadTop,
        PadLeft = window.PadLeft,
        Min = min,
        Max = max,
        Sum = (int)sum,
    };

    /// <summary>Adds a convolution, transposed convolution or dense layer with weights [O, taps..., channels].</summary>
    /// <param name="context">The program.</param>
    /// <param name="node">Operands data, weights, bias (optional), addend (optional).</param>
    /// <param name="opCode">The step's operator.</param>
    /// <param name="p">The shapes.</param>
    /// <param name="channels">Input channels that an output takes: a group's.</param>
    public static void Add(LoweringContext context, Node node, OpCode opCode, FloatConv2DParameters p, int channels)
    {
        var weights = Weights(node);
        var elements = Pack(weights.Span<float>(), p.OutputChannels, p.KernelHeight * p.KernelWidth, channels, p.InputChannels / channels, opCode == OpCode.Conv2D ? FloatSumOrder.Of((FloatSum)p.Sum).Run : 0);
        int packed = context.Constant<float>(elements, node.Input(1).Name + "/packed");
        List<int> inputs = [context.Tensor(node.Input(0)), packed, Bias(context, node)];
        if (node.OptionalInput(3) is { } addend) inputs.Add(context.Tensor(addend));
        context.Step(opCode, node.Location.Node, [.. inputs], [context.Tensor(node.Output)], p, LoweringContext.MultiplyAdds(node));
    }

    /// <summary>The weights, which must be known when the model is compiled.</summary>
    public static Tensor Weights(Node node) => node.Input(1).Constant is { } weights && node.Input(1).IsConstant
        ? weights
        : throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{node.Location}: its weights are computed at run time; they must be constants.");

    /// <summary>The bias, which must be known when the model is compiled; -1 where there is none.</summary>
    public static int Bias(LoweringContext context, Node node) => node.OptionalInput(2) switch
    {
        null => -1,
        { IsConstant: true } bias => context.Tensor(bias),
        _ => throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{node.Location}: its bias is computed at run time; it must be a constant."),
    };

    // [O][taps][C] to [O/16][runs][taps][channels of a run][16], absent outputs and other groups' channels 0.
    private static float[] Pack(ReadOnlySpan<float> weights, int outputs, int taps, int channels, int groups, int run)
    {
        int blocks = (outputs + Block - 1) / Block, depth = channels * groups, perGroup = outputs / groups;
        if (run == 0) run = depth;
        var packed = new float[checked(blocks * taps * depth * Block)];
        for (int o = 0; o < outputs; o++)
        {
            int first = o / perGroup * channels;
            for (int tap = 0; tap < taps; tap++)
            {
                for (int c = 0; c < channels; c++)
                {
                    int k = first + c, begin = k / run * run;
                    packed[(o / Block * taps * depth + begin * taps + tap * Math.Min(run, depth - begin) + k - begin) * Block + o % Block] = weights[(o * taps + tap) * channels + c];
                }
            }
        }
        return packed;
    }
}
