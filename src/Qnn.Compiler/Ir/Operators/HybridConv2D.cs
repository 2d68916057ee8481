using Qnn.Runtime;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Convolution of data quantized at run time with int8 weights, NHWC, to floats: y = min(max(sum * scale + bias[o], Min), Max), where sum, an exact integer, is over
/// taps and channels of (x - zero point of the batch) * w, and scale is the product of the batch's and the output's scales.
/// With groups, output channel o takes input channels of group o / (outputs / groups) only.
/// Operands: data s8[N,H,W,C], scales f32[N], zero points s32[N], weights s8[O,KH,KW,C/groups], constant, with their scales; bias f32[O], constant (optional).
/// </summary>
/// <param name="Window">The window; its extents are those of the weights.</param>
/// <param name="Groups">Groups of channels; as many as channels for a depthwise convolution.</param>
/// <param name="Scaling">In which order, and with how many roundings.</param>
/// <param name="Min">The least result: a fused activation.</param>
/// <param name="Max">The greatest result.</param>
internal sealed record HybridConv2D(Window2D Window, int Groups, HybridScaling Scaling, float Min = float.NegativeInfinity, float Max = float.PositiveInfinity) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.hybrid_conv2d";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, scales, zeroPoints, weights) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2), Required(inputs, 3));
        Require(data.Element == ElementType.S8 && data.Shape.Rank == 4, $"does not take {data}");
        Require(scales.Element == ElementType.F32 && scales.Shape.ElementCount == data.Shape[0], $"does not take scales {scales}");
        Require(zeroPoints.Element == ElementType.S32 && zeroPoints.Shape.ElementCount == data.Shape[0], $"does not take zero points {zeroPoints}");
        Require(weights.Element == ElementType.S8 && weights.Shape.Rank == 4 && weights.Quantization is { Axis: -1 or 0, ZeroPoint: 0 }, $"does not take weights {weights}");
        Require(Window.IsValid && weights.Shape[1] == Window.KernelHeight && weights.Shape[2] == Window.KernelWidth, $"weights {weights} do not fit the window");
        int outputs = weights.Shape[0];
        Require(Groups > 0 && weights.Shape[3] > 0 && data.Shape[3] == weights.Shape[3] * Groups && outputs % Groups == 0, $"weights {weights} do not fit {data} in {Groups} groups");
        var bias = inputs.Count > 4 ? inputs[4] : null;
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == outputs, $"does not take bias {bias}");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], height, width, outputs))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth * Required(inputs, 3).Shape[3];
}
