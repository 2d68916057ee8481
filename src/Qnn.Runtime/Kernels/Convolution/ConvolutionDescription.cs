using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>All that a convolution is, verified: what a tier's kernel is made from.</summary>
internal readonly struct ConvolutionDescription
{
    // Inputs of the step.
    private const int Data = 0, Weight = 1, Channels = 5;

    /// <summary><c>conv2d</c> or <c>dense</c>.</summary>
    public string Family { get; private init; }
    public TensorInfo Input { get; private init; }
    public TensorInfo Output { get; private init; }
    public ConvolutionGeometry Geometry { get; private init; }
    public PackedWeights Weights { get; private init; }
    public Epilogue Epilogue { get; private init; }
    public int InputZeroPoint { get; private init; }

    /// <summary>Reads and checks a QuantizedConv2D step.</summary>
    public static ConvolutionDescription ForImages(StepInfo step)
    {
        var p = step.ReadParameters<ConvolutionParameters>();
        return Create(step, "conv2d", p, ConvolutionGeometry.ForImages(step, p, step.Input(Data), step.Output(0)));
    }

    /// <summary>Reads and checks a QuantizedDense step.</summary>
    public static ConvolutionDescription ForRows(StepInfo step)
    {
        var p = step.ReadParameters<DenseParameters>();
        return Create(step, "dense", new ConvolutionParameters { InputZeroPoint = p.InputZeroPoint, Epilogue = p.Epilogue }, ConvolutionGeometry.ForRows(step, step.Input(Data), step.Output(0), p.Depth));
    }

    private static ConvolutionDescription Create(StepInfo step, string family, in ConvolutionParameters p, in ConvolutionGeometry g)
    {
        step.Require(step.Input(Data).Type == ElementType.U8, "the input is not uint8");
        step.Require(p.InputZeroPoint is >= 0 and <= byte.MaxValue, "bad zero point");
        return new ConvolutionDescription
        {
            Family = family,
            Input = step.Input(Data),
            Output = step.Output(0),
            Geometry = g,
            Weights = PackedWeights.Create(step, g, Weight),
            Epilogue = Epilogue.Create(step, p.Epilogue, Channels, (long)g.Groups * g.Blocks * 16, step.Output(0)),
            InputZeroPoint = p.InputZeroPoint,
        };
    }
}
