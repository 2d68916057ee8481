using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float depthwise convolution, NHWC, with M outputs for each channel: y[n,oy,ox,c*M+m] = min(max(bias + sum over taps of x[c] * w[c*M+m], Min), Max).
/// Summed as <see cref="Conv2D"/> does. Operands: data f32[N,H,W,C], weights f32[1,KH,KW,C*M], bias f32[C*M] (optional).
/// </summary>
/// <param name="Window">The window; its extents are those of the weights.</param>
/// <param name="Min">The least result: a fused activation.</param>
/// <param name="Max">The greatest result.</param>
/// <param name="Sum">The order of summation and its roundings.</param>
internal sealed record DepthwiseConv2D(Window2D Window, float Min = float.NegativeInfinity, float Max = float.PositiveInfinity, FloatSum Sum = FloatSum.Rounded) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "depthwise_conv2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? Window.Carried(axis) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 4, $"does not take {data}");
        Require(weights.Element == ElementType.F32 && weights.Shape.Rank == 4 && weights.Shape[0] == 1, $"does not take weights {weights}");
        Require(Window.IsValid && weights.Shape[1] == Window.KernelHeight && weights.Shape[2] == Window.KernelWidth, $"weights {weights} do not fit the window");
        int outputs = weights.Shape[3];
        Require(data.Shape[3] > 0 && outputs % data.Shape[3] == 0, $"weights {weights} do not fit {data}");
        var bias = inputs.Count > 2 ? inputs[2] : null;
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == outputs, $"does not take bias {bias}");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        Require(!FloatSumOrder.IsInside(Sum) || !Window.IsPadded, $"{Sum} is for windows inside the image");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], height, width, outputs))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth;
}
