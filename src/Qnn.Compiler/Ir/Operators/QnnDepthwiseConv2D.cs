using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Depthwise convolution of 8-bit values: acc[b,y,x,o] = bias[o] + sum over ky, kx of (data[b, y*s+ky*d-pad, x*s+kx*d-pad, o / M] - zd) * (weights[0,ky,kx,o] - zw[o]),
/// exact in int32, M being the output channels of each input channel; taps outside the data add nothing.
/// Operands: data (uint8 or int8, NHWC, per-tensor quantization), weights (uint8 or int8, 1 x KH x KW x O; quantized per tensor or along axis 3),
/// bias (int32, optional). Result: the int32 accumulators, or what the epilogue makes of them.
/// </summary>
/// <param name="Window">The window.</param>
/// <param name="Epilogue">A requantization of the accumulators, or null.</param>
/// <param name="SaturatesPairs">
/// Whether the products of taps 2i and 2i + 1, of uint8 data and int8 weights as they are stored, saturate to a 16-bit sum, as in FBGEMM on x86 (GenerateI8Depthwise.cc).
/// Taps outside the data are its zero point then.
/// </param>
internal sealed record QnnDepthwiseConv2D(Window2D Window, Requantize? Epilogue = null, bool SaturatesPairs = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.depthwise_conv2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? Window.Carried(axis) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights, bias) = (Required(inputs, 0), Required(inputs, 1), inputs.ElementAtOrDefault(2));
        Require(data.Element is ElementType.S8 or ElementType.U8 && data.Shape.Rank == 4, $"does not take data {data}");
        Require(weights.Element is ElementType.S8 or ElementType.U8 && weights.Shape.Rank == 4 && weights.Shape[0] == 1, $"does not take weights {weights}");
        Require(data.Quantization is not { IsPerChannel: true }, "data is quantized per channel");
        Require(weights.Quantization is not { IsPerChannel: true, Axis: not 3 }, $"weights are quantized along axis {weights.Quantization?.Axis}");
        Require(Window.IsValid && Window.KernelHeight == weights.Shape[1] && Window.KernelWidth == weights.Shape[2], "the window is malformed");
        Require(data.Shape[3] > 0 && weights.Shape[3] % data.Shape[3] == 0, $"data {data.Shape} and weights {weights.Shape} do not fit");
        Require(!SaturatesPairs || data.Element == ElementType.U8 && weights.Element == ElementType.S8 && weights.Shape[3] == data.Shape[3], "saturates for uint8 data, int8 weights and one output of each channel only");
        Require(bias is null || bias.Element == ElementType.S32 && bias.Shape.ElementCount == weights.Shape[3], $"does not take bias {bias}");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        var shape = new Shape(data.Shape[0], height, width, weights.Shape[3]);
        Epilogue?.CheckFor(shape);
        return [new TensorType(Epilogue?.Output ?? ElementType.S32, shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth;
}
