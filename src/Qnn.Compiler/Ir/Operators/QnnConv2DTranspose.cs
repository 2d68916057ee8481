using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Transposed convolution of quantized data, NHWC, requantized: each input element, less its zero point, adds its products with the weights, less theirs,
/// to the window that starts at (y * StrideHeight - PadTop, x * StrideWidth - PadLeft) of the accumulators, which begin as the bias and are exact in 64 bits;
/// the result is what <see cref="Epilogue"/> makes of them. Arithmetics of 32 bits wrap the accumulator first.
/// Operands: data u8, s8 or s16 [N,H,W,C], weights u8 or s8 [O,KH,KW,C], constant; bias s64, s32 or s16 [O], constant (optional).
/// </summary>
/// <param name="Window">The window of the convolution that this one transposes; dilation 1.</param>
/// <param name="OutputHeight">Rows of the result.</param>
/// <param name="OutputWidth">Columns of the result.</param>
/// <param name="Epilogue">What the accumulators become.</param>
internal sealed record QnnConv2DTranspose(Window2D Window, int OutputHeight, int OutputWidth, Requantize Epilogue) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.conv2d_transpose";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis == 0 ? 0 : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element is ElementType.U8 or ElementType.S8 or ElementType.S16 && data.Shape.Rank == 4, $"does not take {data}");
        Require(data.Element != ElementType.S16 || data.ZeroPoint == 0, $"does not take {data}");
        Require(weights.Element is ElementType.U8 or ElementType.S8 && weights.Shape.Rank == 4 && weights.Shape[3] == data.Shape[3], $"does not take weights {weights} with {data}");
        Require(Window.IsValid && Window is { DilationHeight: 1, DilationWidth: 1 } && weights.Shape[1] == Window.KernelHeight && weights.Shape[2] == Window.KernelWidth, $"weights {weights} do not fit the window");
        Require(OutputHeight > 0 && OutputWidth > 0, "the result is empty");
        WideOperands.CheckBias(Mnemonic, inputs.Count > 2 ? inputs[2] : null, weights.Shape[0]);
        var shape = new Shape(data.Shape[0], OutputHeight, OutputWidth, weights.Shape[0]);
        Epilogue.CheckFor(shape);
        return [new TensorType(Epilogue.Output, shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)Required(inputs, 0).Shape.ElementCount * Window.KernelHeight * Window.KernelWidth * outputs[0].Shape[3];
}
