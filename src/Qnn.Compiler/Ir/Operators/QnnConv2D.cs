using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Convolution of 8-bit values: acc[b,y,x,o] = bias[o] + sum over ky, kx, i of (data[b, y*s+ky*d-pad, x*s+kx*d-pad, i] - zd) * (weights[o,ky,kx,i] - zw[o]),
/// exact in int32; taps outside the data add nothing. The real value is acc * data scale * weight scale[o].
/// Operands: data (uint8 or int8, NHWC, per-tensor quantization), weights (uint8 or int8, OHWI, I being the channels of a group; quantized per tensor or along axis 0),
/// bias (int32, optional). Result: the int32 accumulators, or what the epilogue makes of them.
/// </summary>
/// <param name="Window">The window.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
/// <param name="Epilogue">A requantization of the accumulators, or null.</param>
internal sealed record QnnConv2D(Window2D Window, int Groups = 1, Requantize? Epilogue = null) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.conv2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? Window.Carried(axis) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights, bias) = (Required(inputs, 0), Required(inputs, 1), inputs.ElementAtOrDefault(2));
        Require(data.Element is ElementType.S8 or ElementType.U8 && data.Shape.Rank == 4, $"does not take data {data}");
        Require(weights.Element is ElementType.S8 or ElementType.U8 && weights.Shape.Rank == 4, $"does not take weights {weights}");
        Require(data.Quantization is not { IsPerChannel: true }, "data is quantized per channel");
        Require(weights.Quantization is not { IsPerChannel: true, Axis: not 0 }, $"weights are quantized along axis {weights.Quantization?.Axis}");
        Require(Window.IsValid && Window.KernelHeight == weights.Shape[1] && Window.KernelWidth == weights.Shape[2], "the window is malformed");
        Require(Groups > 0 && data.Shape[3] == weights.Shape[3] * Groups && weights.Shape[0] % Groups == 0, $"data {data.Shape} and weights {weights.Shape} do not make {Groups} groups");
        Require(bias is null || bias.Element == ElementType.S32 && bias.Shape.ElementCount == weights.Shape[0], $"does not take bias {bias}");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        var shape = new Shape(data.Shape[0], height, width, weights.Shape[0]);
        Epilogue?.CheckFor(shape);
        return [new TensorType(Epilogue?.Output ?? ElementType.S32, shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth * inputs[1]!.Shape[3];
}
