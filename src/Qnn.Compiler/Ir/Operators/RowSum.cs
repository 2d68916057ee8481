using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>The sum of each row along the last axis, whose extent becomes 1, in a library's order of additions (<see cref="RowSumOrder"/>). Operand: data (float32).</summary>
/// <param name="Order">The order.</param>
internal sealed record RowSum(RowSumOrder Order) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "row_sum";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis < outputs[0].Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank > 0 && data.Shape[-1] > 0, $"does not take {data}");
        return [new TensorType(ElementType.F32, new Shape([.. data.Shape.Span[..^1], 1]))];
    }
}
