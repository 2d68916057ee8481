using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float convolution, NHWC: y[n,oy,ox,o] = min(max(bias[o] + sum over taps and channels of x * w, Min), Max).
/// Summed in float as <paramref name="Sum"/> says, by default rounded after every multiplication and addition, taps in row-major order, channels innermost, bias last; the same bits on every CPU.
/// With groups, output channel o takes input channels of group o / (outputs / groups) only.
/// Operands: data f32[N,H,W,C], weights f32[O,KH,KW,C/groups], bias f32[O] (optional), addend of the result's shape (optional), which is added where <paramref name="Sum"/> says, else last.
/// </summary>
/// <param name="Window">The window; its extents are those of the weights.</param>
/// <param name="Min">The least result: a fused activation.</param>
/// <param name="Max">The greatest result.</param>
/// <param name="Sum">The order of summation and its roundings.</param>
internal sealed record Conv2D(Window2D Window, float Min = float.NegativeInfinity, float Max = float.PositiveInfinity, FloatSum Sum = FloatSum.Rounded) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "conv2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? Window.Carried(axis) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 4, $"does not take {data}");
        Require(weights.Element == ElementType.F32 && weights.Shape.Rank == 4, $"does not take weights {weights}");
        Require(Window.IsValid && weights.Shape[1] == Window.KernelHeight && weights.Shape[2] == Window.KernelWidth, $"weights {weights} do not fit the window");
        int channels = data.Shape[3], taken = weights.Shape[3], outputs = weights.Shape[0];
        Require(taken > 0 && channels % taken == 0 && outputs % (channels / taken) == 0, $"weights {weights} do not fit {data}");
        var bias = inputs.Count > 2 ? inputs[2] : null;
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == outputs, $"does not take bias {bias}");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        Require(!FloatSumOrder.IsInside(Sum) || !Window.IsPadded, $"{Sum} is for windows inside the image");
        var type = new TensorType(ElementType.F32, new Shape(data.Shape[0], height, width, outputs));
        var addend = inputs.Count > 3 ? inputs[3] : null;
        Require(addend is null || addend.Element == ElementType.F32 && addend.Shape.Equals(type.Shape), $"does not take addend {addend}");
        return [type];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Window.KernelHeight * Window.KernelWidth * Required(inputs, 1).Shape[3];
}
