using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>The K greatest elements of each row of the last axis, greatest first, of equal ones the first first. Operand: data of any integer type or float32. Results: values, indices (int32).</summary>
/// <param name="K">How many.</param>
/// <param name="Order">Or in another order, and equal ones in another.</param>
internal sealed record TopK(int K, TopKOrder Order = TopKOrder.First) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "top_k";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis < Required(inputs, 0).Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.F32 or ElementType.S32 or ElementType.S64 or ElementType.S16 or ElementType.S8 or ElementType.U8, $"does not take {data}");
        Require(data.Shape.Rank > 0 && K > 0 && K <= data.Shape[-1], $"{data.Shape} has no {K} elements in a row");
        Require(Order != TopKOrder.TorchSort || K == data.Shape[-1], "sorts whole rows");
        var shape = new Shape([.. data.Shape.Span[..^1], K]);
        return [new TensorType(data.Element, shape), new TensorType(ElementType.S32, shape)];
    }
}
