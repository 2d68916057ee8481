using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// y[a] = sqrt(sum of x[a, r]^2 over r), in the order of PyTorch's kernel: squares join eight lanes with one rounding, the lanes are added in order, what fills no eight joins that sum. Operand: data f32[A,R].
/// </summary>
internal sealed record RowNorm : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "row_norm";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 2, $"does not take {data}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0]))];
    }
}
