using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The numbers of a convolution over NHWC, checked. A dense layer is one of 1x1 over one row of pixels.</summary>
internal readonly struct ConvolutionGeometry
{
    // Keeps every product of small numbers below far inside 64 bits, and offsets inside the tensors.
    private const int MaxExtent = 1 << 20;

    public int Batch { get; init; }
    public int InputHeight { get; init; }
    public int InputWidth { get; init; }
    public int InputChannels { get; init; }
    public int OutputHeight { get; init; }
    public int OutputWidth { get; init; }
    public int OutputChannels { get; init; }
    public int KernelHeight { get; init; }
    public int KernelWidth { get; init; }
    public int StrideHeight { get; init; }
    public int StrideWidth { get; init; }
    public int DilationHeight { get; init; }
    public int DilationWidth { get; init; }
    public int PadTop { get; init; }
    public int PadLeft { get; init; }
    public int Groups { get; init; }

    /// <summary>Input channels of a group.</summary>
    public int GroupInputs => InputChannels / Groups;

    /// <summary>Output channels of a group.</summary>
    public int GroupOutputs => OutputChannels / Groups;

    /// <summary>Products in an accumulator: taps x channels of a group.</summary>
    public int Depth => KernelHeight * KernelWidth * GroupInputs;

    /// <summary>Depth in steps of four.</summary>
    public int DepthSteps => (Depth + 3) / 4;

    /// <summary>A group's output channels in blocks of sixteen.</summary>
    public int Blocks => (GroupOutputs + 15) / 16;

    /// <summary>Output pixels of all images.</summary>
    public int Pixels => Batch * OutputHeight * OutputWidth;

    /// <summary>Whether an output pixel's window is the input pixel at the same place, so that patches need no gathering.</summary>
    public bool IsPointwise =>
        KernelHeight == 1 && KernelWidth == 1 && StrideHeight == 1 && StrideWidth == 1 && PadTop == 0 && PadLeft == 0 && Groups == 1
        && InputHeight == OutputHeight && InputWidth == OutputWidth;

    /// <summary>The input lines under the windows of output lines [<paramref name="begin"/>, <paramref name="end"/>), counted over all images.</summary>
    public Region InputLines(TensorInfo input, int begin, int end)
    {
        int last = end - 1, top = begin % OutputHeight * StrideHeight - PadTop, bottom = last % OutputHeight * StrideHeight - PadTop + (KernelHeight - 1) * DilationHeight + 1;
        return Region.Lines(input, begin / OutputHeight * InputHeight + Math.Clamp(top, 0, InputHeight), last / OutputHeight * InputHeight + Math.Clamp(bottom, 0, InputHeight));
    }

    /// <summary>Reads and checks the geometry of a step whose operands are NHWC.</summary>
    public static ConvolutionGeometry ForImages(StepInfo step, in ConvolutionParameters p, TensorInfo input, TensorInfo output)
    {
        step.Require(input.Rank == 4 && output.Rank == 4 && input.Shape[0] == output.Shape[0], "operands are not images");
        return Check(step, new ConvolutionGeometry
        {
            Batch = input.Shape[0],
            InputHeight = input.Shape[1],
            InputWidth = input.Shape[2],
            InputChannels = input.Shape[3],
            OutputHeight = output.Shape[1],
            OutputWidth = output.Shape[2],
            OutputChannels = output.Shape[3],
            KernelHeight = p.KernelHeight,
            KernelWidth = p.KernelWidth,
            StrideHeight = p.StrideHeight,
            StrideWidth = p.StrideWidth,
            DilationHeight = p.DilationHeight,
            DilationWidth = p.DilationWidth,
            PadTop = p.PadTop,
            PadLeft = p.PadLeft,
            Groups = p.Groups,
        });
    }

    /// <summary>Reads and checks the geometry of a dense layer: rows of <paramref name="depth"/> inputs to rows of as many outputs as the output's last axis has.</summary>
    public static ConvolutionGeometry ForRows(StepInfo step, TensorInfo input, TensorInfo output, int depth)
    {
        step.Require(output.Rank > 0 && depth > 0 && input.Count % depth == 0, "operands are not rows");
        int rows = input.Count / depth, outputs = output.Shape[^1];
        step.Require((long)rows * outputs == output.Count, "the results are not as many rows");
        return Check(step, new ConvolutionGeometry
        {
            Batch = 1,
            InputHeight = 1,
            InputWidth = rows,
            InputChannels = depth,
            OutputHeight = 1,
            OutputWidth = rows,
            OutputChannels = outputs,
            KernelHeight = 1,
            KernelWidth = 1,
            StrideHeight = 1,
            StrideWidth = 1,
            DilationHeight = 1,
            DilationWidth = 1,
            Groups = 1,
        });
    }

    private static ConvolutionGeometry Check(StepInfo step, ConvolutionGeometry g)
    {
        static bool Extent(int value) => value is > 0 and <= MaxExtent;
        step.Require(Extent(g.KernelHeight) && Extent(g.KernelWidth) && Extent(g.StrideHeight) && Extent(g.StrideWidth) && Extent(g.DilationHeight) && Extent(g.DilationWidth), "bad window");
        step.Require(g.PadTop is >= 0 and <= MaxExtent && g.PadLeft is >= 0 and <= MaxExtent, "bad padding");
        step.Require(g.Groups > 0 && g.InputChannels % g.Groups == 0 && g.OutputChannels % g.Groups == 0 && g.InputChannels > 0 && g.OutputChannels > 0, "bad groups");
        step.Require(g.InputHeight <= int.MaxValue / 2 && g.OutputHeight <= int.MaxValue / 2, "too large");
        step.Require((long)g.KernelHeight * g.KernelWidth * g.GroupInputs <= int.MaxValue / 4, "too deep");
        // Windows may leave the input on any side: taps outside read the zero point. Only the arithmetic must not overflow.
        step.Require((long)g.OutputHeight * g.StrideHeight + (long)g.KernelHeight * g.DilationHeight <= int.MaxValue, "too high");
        step.Require((long)g.OutputWidth * g.StrideWidth + (long)g.KernelWidth * g.DilationWidth <= int.MaxValue, "too wide");
        return g;
    }
}
