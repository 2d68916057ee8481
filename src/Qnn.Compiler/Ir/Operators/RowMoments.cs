using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>The spread of each row, by a <see cref="RowMomentsKind"/>, and its mean. Operand: rows f32[R,N]. Results: spreads f32[R], means f32[R].</summary>
/// <param name="Kind">What is said of a row's spread.</param>
/// <param name="Correction">What the count of elements is lessened by; 0 for the inverse kinds.</param>
/// <param name="Epsilon">What is added to the variance, of the inverse kinds.</param>
/// <param name="Columns">Columns of the matrix that a row is, of the kinds that take columns, whose correction is the number of elements that are none; else 0.</param>
internal sealed record RowMoments(RowMomentsKind Kind, double Correction, double Epsilon, int Columns = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "row_moments";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var rows = Required(inputs, 0);
        Require(rows.Element == ElementType.F32 && rows.Shape.Rank == 2 && rows.Shape[1] > 0, $"does not take {rows}");
        var row = new TensorType(ElementType.F32, new Shape(rows.Shape[0]));
        return [row, row];
    }
}
