using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Rows in groups, each times a matrix of its own: y[r] = a[r] * b[e], e being the first group that ends behind r; 0 where none does. The order of the products follows from how many rows a group has, as in MKL:
/// four rows or more have runs of products that join their run's sum with one rounding, one has <see cref="MatMulOrder.Vector"/> and others <see cref="MatMulOrder.Dots"/> where the matrices are transposes of what lies in memory,
/// else few rows have <see cref="MatMulOrder.Columns"/>. Rows begin on boundaries of 16 bytes. Operands: a f32[R,K], b f32[E,K,N], ends s32[E] of the groups, in order. Result: f32[R,N].
/// </summary>
/// <param name="FusedRun">Products of a run.</param>
/// <param name="IsTurned">Whether the matrices are transposes of what lies in the framework's memory.</param>
internal sealed record GroupedMatMul(int FusedRun, bool IsTurned) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "grouped_matmul";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b, ends) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(FusedRun > 0 && a.Element == ElementType.F32 && a.Shape.Rank == 2 && a.Shape.ElementCount > 0, $"does not take {a}");
        Require(b.Element == ElementType.F32 && b.Shape.Rank == 3 && b.Shape[1] == a.Shape[1] && b.Shape.ElementCount > 0, $"does not take {b} with {a}");
        Require(ends.Element == ElementType.S32 && ends.Shape.Equals(new Shape(b.Shape[0])), $"does not take {ends} for {b}");
        return [new TensorType(ElementType.F32, new Shape(a.Shape[0], b.Shape[2]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => (long)outputs[0].Shape.ElementCount * Required(inputs, 0).Shape[1];
}
