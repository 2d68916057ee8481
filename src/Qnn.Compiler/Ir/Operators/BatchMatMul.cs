using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float matrix products over leading axes that broadcast: y[..., m, n] = sum over k of a[..., m, k] * b[..., k, n], in the order of k, rounded after every operation;
/// with runs, products are added without a rounding of their own to the sum of their run, and these sums added up, as BLAS libraries do it.
/// Operands: a f32[..., M, K], b f32[..., K, N]; with runs, and in the order <see cref="MatMulOrder.Columns"/>, an addend (optional), f32[N] or of the result's shape, which the first sum joins.
/// </summary>
/// <param name="FusedRun">Products of a run; 0 for the separate roundings; negative a <see cref="MatMulOrder"/>.</param>
/// <param name="Alignment">Where rows begin in the framework's memory: <see cref="BatchMatMulParameters.Alignment"/>.</param>
internal sealed record BatchMatMul(int FusedRun = 0, int Alignment = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "batch_matmul";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        operand < 2 && axis < Required(inputs, operand).Shape.Rank - (operand == 0 ? 1 : 2) ? axis + outputs[0].Shape.Rank - Required(inputs, operand).Shape.Rank : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(FusedRun >= MatMulOrder.Vector && Alignment is >= 0 and < 64, "the order is unknown");
        Require(a.Element == ElementType.F32 && a.Shape.Rank >= 2, $"does not take {a}");
        Require(b.Element == ElementType.F32 && b.Shape.Rank >= 2 && b.Shape[-2] == a.Shape[-1], $"does not take {b} with {a}");
        Require(FusedRun is not (MatMulOrder.Quads or MatMulOrder.Vector) || a.Shape[-2] == 1, $"the order is not for {a}");
        Require(FusedRun != MatMulOrder.Lanes || b.Shape[-1] == 1, $"the order is not for {b}");
        var batch = Shape.Broadcast(new Shape(a.Shape.Span[..^2]), new Shape(b.Shape.Span[..^2]));
        Require(batch is not null, $"the leading axes of {a.Shape} and {b.Shape} do not broadcast");
        var shape = new Shape([.. batch!.Span, a.Shape[-2], b.Shape[-1]]);
        if (inputs.Count > 2 && inputs[2] is { } addend)
        {
            Require(FusedRun is > 0 or MatMulOrder.Columns, "the order takes no addend");
            Require(addend.Element == ElementType.F32 && (addend.Shape.Equals(shape) || addend.Shape.ElementCount == shape[-1]), $"does not add {addend}");
        }
        return [new TensorType(ElementType.F32, shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Required(inputs, 0).Shape[-1];
}
