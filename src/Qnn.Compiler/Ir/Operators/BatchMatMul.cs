using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float matrix products over leading axes that broadcast: y[..., m, n] = sum over k of a[..., m, k] * b[..., k, n], in the order of k, rounded after every operation;
/// with runs, products are added without a rounding of their own to the sum of their run, and these sums added up, as BLAS libraries do it.
/// Operands: a f32[..., M, K], b f32[..., K, N].
/// </summary>
/// <param name="FusedRun">Products of a run; 0 for the separate roundings; negative a <see cref="MatMulOrder"/>, for a row or a column.</param>
/// <param name="Lanes">Whether product k joins sum k mod 4, the sums being added as (0 + 2) + (1 + 3), then the products that do not fill four; everything rounded.</param>
internal sealed record BatchMatMul(int FusedRun = 0, bool Lanes = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "batch_matmul";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(FusedRun >= MatMulOrder.Lanes && !(Lanes && FusedRun != 0), "the order is unknown");
        Require(a.Element == ElementType.F32 && a.Shape.Rank >= 2, $"does not take {a}");
        Require(b.Element == ElementType.F32 && b.Shape.Rank >= 2 && b.Shape[-2] == a.Shape[-1], $"does not take {b} with {a}");
        Require(FusedRun >= 0 || (FusedRun == MatMulOrder.Quads ? a.Shape[-2] : b.Shape[-1]) == 1, $"the order is not for {a} and {b}");
        var batch = Shape.Broadcast(new Shape(a.Shape.Span[..^2]), new Shape(b.Shape.Span[..^2]));
        Require(batch is not null, $"the leading axes of {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(ElementType.F32, new Shape([.. batch!.Span, a.Shape[-2], b.Shape[-1]]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Required(inputs, 0).Shape[-1];
}
