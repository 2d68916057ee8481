using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float fully connected layer over the last axis: y[..., o] = min(max(bias[o] + sum over k of x[..., k] * w[o, k], Min), Max), summed as <see cref="Conv2D"/> does.
/// Operands: data f32[..., K], weights f32[O, K], bias f32[O] (optional).
/// </summary>
/// <param name="Min">The least result: a fused activation.</param>
/// <param name="Max">The greatest result.</param>
/// <param name="Sum">The order of summation and its roundings; weights that are computed at run time are summed as <see cref="FloatSum.Rounded"/> says.</param>
internal sealed record Dense(float Min = float.NegativeInfinity, float Max = float.PositiveInfinity, FloatSum Sum = FloatSum.Rounded) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "dense";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis < Required(inputs, 0).Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element == ElementType.F32 && data.Shape.Rank >= 1, $"does not take {data}");
        Require(weights.Element == ElementType.F32 && weights.Shape.Rank == 2 && weights.Shape[1] == data.Shape[-1], $"does not take weights {weights} with {data}");
        var bias = inputs.Count > 2 ? inputs[2] : null;
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == weights.Shape[0], $"does not take bias {bias}");
        return [new TensorType(ElementType.F32, new Shape([.. data.Shape.Span[..^1], weights.Shape[0]]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Required(inputs, 1).Shape[1];
}
