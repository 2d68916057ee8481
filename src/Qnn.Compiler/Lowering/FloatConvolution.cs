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
        Groups = 1,
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
        int groups = p.InputChannels / channels, taps = p.KernelHeight * p.KernelWidth, bundle = Bundle((FloatSum)p.Sum, groups, taps, channels, p.OutputChannels / groups);
        p.Groups = groups / bundle;
        var elements = Pack(Weights(node).Span<float>(), p.OutputChannels, taps, channels, groups, bundle, opCode == OpCode.Conv2D ? FloatSumOrder.Of((FloatSum)p.Sum).Run : 0);
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

    // How many groups are one of the step's, other groups' channels having weights of 0: as many as leave a block's outputs filled and every sum in its order.
    private static int Bundle(FloatSum sum, int groups, int taps, int channels, int outputs)
    {
        if (!FloatSumOrder.IsRuns(sum)) return 1;
        var order = FloatSumOrder.Of(sum);
        int depth = order.Products > 0 ? taps * channels : channels, run = order.Products > 0 ? order.Products : order.Run;
        bool startsAnywhere = order.Continues || !order.FromBias;
        for (int bundle = Math.Min(groups, Block / outputs); bundle > 1; bundle--)
        {
            bool keepsOrder = run == 0 || (long)bundle * depth <= run || startsAnywhere && (run % depth == 0 || depth % run == 0);
            if (groups % bundle == 0 && keepsOrder) return bundle;
        }
        return 1;
    }

    // [O][taps][C] to [G][O/G/16][runs][taps][channels of a run][16], absent outputs and channels of other groups of a bundle 0.
    private static float[] Pack(ReadOnlySpan<float> weights, int outputs, int taps, int channels, int groups, int bundle, int run)
    {
        int depth = channels * bundle, perGroup = outputs / groups, perBundle = perGroup * bundle, blocks = (perBundle + Block - 1) / Block;
        if (run == 0) run = depth;
        var packed = new float[checked(groups / bundle * blocks * taps * depth * Block)];
        for (int o = 0; o < outputs; o++)
        {
            int first = o / perGroup % bundle * channels, place = o % perBundle, block = o / perBundle * blocks + place / Block;
            for (int tap = 0; tap < taps; tap++)
            {
                for (int c = 0; c < channels; c++)
                {
                    int k = first + c, begin = k / run * run;
                    packed[(block * taps * depth + begin * taps + tap * Math.Min(run, depth - begin) + k - begin) * Block + place % Block] = weights[(o * taps + tap) * channels + c];
                }
            }
        }
        return packed;
    }
}
