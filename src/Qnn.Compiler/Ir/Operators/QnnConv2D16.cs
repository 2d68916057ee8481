using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Convolution of int16 data with int8 weights, NHWC, requantized: the accumulator, exact in 64 bits, is bias[o] + sum over taps and channels of x * w;
/// the result is what <see cref="Epilogue"/> makes of it. Arithmetics of 32 bits wrap the accumulator first, as the framework's 32-bit accumulator does.
/// With groups, output channel o takes input channels of group o / (outputs / groups) only.
/// Operands: data s16[N,H,W,C] with zero point 0, weights s8[O,KH,KW,C/groups] with zero point 0, constant; bias s64, s32 or s16 [O], constant (optional).
/// </summary>
/// <param name="Window">The window; its extents are those of the weights.</param>
/// <param name="Groups">Groups of channels.</param>
/// <param name="Epilogue">What the accumulators become.</param>
internal sealed record QnnConv2D16(Window2D Window, int Groups, Requantize Epilogue) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.conv2d_16";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element == ElementType.S16 && data.Shape.Rank == 4 && data.ZeroPoint == 0, $"does not take {data}");
        Require(weights.Element == ElementType.S8 && weights.Shape.Rank == 4 && weights.ZeroPoint == 0, $"does not take weights {weights}");
        Require(Window.IsValid && weights.Shape[1] == Window.KernelHeight && weights.Shape[2] == Window.KernelWidth, $"weights {weights} do not fit the window");
        int outputs = weights.Shape[0];
        Require(Groups > 0 && weights.Shape[3] > 0 && data.Shape[3] == weights.Shape[3] * Groups && outputs % Groups == 0, $"weights {weights} do not fit {data} in {Groups} groups");
        WideOperands.CheckBias(Mnemonic, inputs.Count > 2 ? inputs[2] : null, outputs);
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        var shape = new Shape(data.Shape[0], height, width, outputs);
        Epilogue.CheckFor(shape);
        return [new TensorType(Epilogue.Output, shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth * Required(inputs, 1).Shape[3];
}
