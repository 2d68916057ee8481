using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>All that a depthwise convolution is, verified: what machine code is made from and called by.</summary>
internal readonly unsafe struct DepthwiseDescription
{
    public TensorInfo Input { get; private init; }
    public TensorInfo Output { get; private init; }
    public ConvolutionGeometry Geometry { get; private init; }
    public short* Weights { get; private init; }
    public Epilogue Epilogue { get; private init; }
    public int InputZeroPoint { get; private init; }

    /// <summary>Two taps share a 32-bit word of the packed weights.</summary>
    public int TapPairs => (Geometry.KernelHeight * Geometry.KernelWidth + 1) / 2;

    /// <summary>A channel's weight, less its zero point.</summary>
    public int Weight(int channel, int tap) => Weights[((channel / 16 * TapPairs + tap / 2) * 16 + channel % 16) * 2 + tap % 2];

    /// <summary>Reads and checks a QuantizedDepthwiseConv2D or SaturatingDepthwiseConv2D step.</summary>
    public static DepthwiseDescription Create(StepInfo step)
    {
        var p = step.ReadParameters<ConvolutionParameters>();
        var (input, output) = (step.Input(0), step.Output(0));
        var g = ConvolutionGeometry.ForImages(step, p, input, output);
        step.Require(g.Groups == g.InputChannels && g.OutputChannels == g.InputChannels, "not one channel a group");
        step.Require(input.Type == ElementType.U8 && !input.IsConstant, "the input is not a variable of type uint8");
        step.Require(p.InputZeroPoint is >= 0 and <= byte.MaxValue, "bad zero point");
        int blocks = (g.InputChannels + 15) / 16, tapPairs = (g.KernelHeight * g.KernelWidth + 1) / 2;
        return new DepthwiseDescription
        {
            Input = input,
            Output = output,
            Geometry = g,
            Weights = (short*)step.ConstantInput(1, ElementType.S16, (long)blocks * tapPairs * 32).Constant,
            Epilogue = Epilogue.Create(step, p.Epilogue, 2, (long)blocks * 16, output),
            InputZeroPoint = p.InputZeroPoint,
        };
    }
}
