using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Depthwise convolution of int16 data with int8 weights, NHWC, with M outputs for each channel, requantized: the accumulator of output c * M + m
/// is bias + sum over taps of x[c] * w[c * M + m]; otherwise as <see cref="QnnConv2D16"/>.
/// Operands: data s16[N,H,W,C], weights s8[1,KH,KW,C*M], constant; bias s64, s32 or s16 [C*M], constant (optional).
/// </summary>
/// <param name="Window">The window; its extents are those of the weights.</param>
/// <param name="Epilogue">What the accumulators become.</param>
internal sealed record QnnDepthwiseConv2D16(Window2D Window, Requantize Epilogue) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.depthwise_conv2d_16";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element == ElementType.S16 && data.Shape.Rank == 4 && data.ZeroPoint == 0, $"does not take {data}");
        Require(weights.Element == ElementType.S8 && weights.Shape.Rank == 4 && weights.Shape[0] == 1 && weights.ZeroPoint == 0, $"does not take weights {weights}");
        Require(Window.IsValid && weights.Shape[1] == Window.KernelHeight && weights.Shape[2] == Window.KernelWidth, $"weights {weights} do not fit the window");
        int outputs = weights.Shape[3];
        Require(data.Shape[3] > 0 && outputs % data.Shape[3] == 0, $"weights {weights} do not fit {data}");
        WideOperands.CheckBias(Mnemonic, inputs.Count > 2 ? inputs[2] : null, outputs);
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        var shape = new Shape(data.Shape[0], height, width, outputs);
        Epilogue.CheckFor(shape);
        return [new TensorType(Epilogue.Output, shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth;
}
