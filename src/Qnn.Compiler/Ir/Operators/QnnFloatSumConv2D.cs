using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// What a float convolution makes of 8-bit values once they are real numbers, quantized: with x = float(data - zd) * data scale and w = float(weights) * weight scale[o], each product rounded,
/// f[b,y,x,o] = the sum of x * w over the window in the order of <paramref name="Sum"/>, its roundings included, + bias[o]; result = clamp(rint(f / scale) + zero point, Minimum, Maximum), halves to even.
/// Taps outside the data are zeros.
/// Operands: data (uint8 or int8, NHWC, per-tensor quantization), weights (int8, zero points 0, per tensor or along axis 0; [O,KH,KW,C / groups]), bias f32[O] (optional).
/// </summary>
/// <param name="Window">The window.</param>
/// <param name="Sum">The order of summation: <see cref="FloatSum.RoundedQuads"/> for depthwise convolutions of as many outputs as channels, one of products for others.</param>
/// <param name="Output">The result's type: uint8 or int8.</param>
/// <param name="Scale">The result's scale.</param>
/// <param name="ZeroPoint">The result's zero point.</param>
/// <param name="Minimum">The least result.</param>
/// <param name="Maximum">The greatest result.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
internal sealed record QnnFloatSumConv2D(Window2D Window, FloatSum Sum, ElementType Output, float Scale, int ZeroPoint, int Minimum, int Maximum, int Groups = 1) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.float_sum_conv2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? Window.Carried(axis) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights, bias) = (Required(inputs, 0), Required(inputs, 1), inputs.ElementAtOrDefault(2));
        Require(data.Element is ElementType.S8 or ElementType.U8 && data.Shape.Rank == 4 && data.Quantization is { IsPerChannel: false }, $"does not take data {data}");
        Require(weights.Element == ElementType.S8 && weights.Shape.Rank == 4 && weights.Quantization is { } q && q.ZeroPoints.All(z => z == 0) && q is not { IsPerChannel: true, Axis: not 0 }, $"does not take weights {weights}");
        Require(Window.IsValid && Window.KernelHeight == weights.Shape[1] && Window.KernelWidth == weights.Shape[2], "the window is malformed");
        bool isDepthwise = Sum == FloatSum.RoundedQuads;
        Require(isDepthwise || FloatSumOrder.Of(Sum).Products > 0, $"does not sum as {Sum}");
        Require(Groups > 0 && weights.Shape[3] * Groups == data.Shape[3] && weights.Shape[0] % Groups == 0, $"data {data.Shape} and weights {weights.Shape} do not make {Groups} groups");
        Require(!isDepthwise || weights.Shape[3] == 1 && weights.Shape[0] == Groups, $"{Sum} is for a weight a channel");
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == weights.Shape[0], $"does not take bias {bias}");
        Require(Output is ElementType.S8 or ElementType.U8 && float.IsFinite(Scale) && Scale > 0 && Minimum <= Maximum, "its result is malformed");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        return [new TensorType(Output, new Shape(data.Shape[0], height, width, weights.Shape[0]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth * inputs[1]!.Shape[3];
}
