using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float transposed convolution, NHWC: each input element adds its products with the weights to the window that starts at
/// (y * StrideHeight - PadTop, x * StrideWidth - PadLeft); then bias, then the clamp. Every output sums the inputs that reach it in row-major order, channels innermost.
/// Operands: data f32[N,H,W,C], weights f32[O,KH,KW,C], bias f32[O] (optional).
/// </summary>
/// <param name="Window">The window of the convolution that this one transposes; dilation 1.</param>
/// <param name="OutputHeight">Rows of the result.</param>
/// <param name="OutputWidth">Columns of the result.</param>
/// <param name="Min">The least result: a fused activation.</param>
/// <param name="Max">The greatest result.</param>
/// <param name="Sum">How products are added: <see cref="FloatSum.Rounded"/> or <see cref="FloatSum.RoundedPairs"/>, or <see cref="FloatSum.RoundedFromBias"/> or <see cref="FloatSum.RoundedLanes"/> by taps instead of inputs.</param>
internal sealed record Conv2DTranspose(Window2D Window, int OutputHeight, int OutputWidth, float Min = float.NegativeInfinity, float Max = float.PositiveInfinity, FloatSum Sum = FloatSum.Rounded) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "conv2d_transpose";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis == 0 ? 0 : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 4, $"does not take {data}");
        Require(weights.Element == ElementType.F32 && weights.Shape.Rank == 4 && weights.Shape[3] == data.Shape[3], $"does not take weights {weights} with {data}");
        Require(Window.IsValid && Window is { DilationHeight: 1, DilationWidth: 1 } && weights.Shape[1] == Window.KernelHeight && weights.Shape[2] == Window.KernelWidth, $"weights {weights} do not fit the window");
        Require(OutputHeight > 0 && OutputWidth > 0, "the result is empty");
        var bias = inputs.Count > 2 ? inputs[2] : null;
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == weights.Shape[0], $"does not take bias {bias}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], OutputHeight, OutputWidth, weights.Shape[0]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)Required(inputs, 0).Shape.ElementCount * Window.KernelHeight * Window.KernelWidth * outputs[0].Shape[3];
}
