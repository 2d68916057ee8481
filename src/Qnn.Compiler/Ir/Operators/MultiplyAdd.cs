using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>y = a * factor + c, rounded once, as a fused multiply-add is. Operands, all float32: a; factor and c, each of one element, one for each index of the last axis, or of a's shape.</summary>
internal sealed record MultiplyAdd : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "multiply_add";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis < outputs[0].Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, factor, c) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(a.Element == ElementType.F32 && factor.Element == ElementType.F32 && c.Element == ElementType.F32, $"does not take {a}, {factor}, {c}");
        bool AlongLast(TensorType t) => t.Shape.ElementCount == 1 || t.Shape.Rank == 1 && a.Shape.Rank > 0 && t.Shape[0] == a.Shape[-1];
        Require((factor.Shape.Equals(a.Shape) || AlongLast(factor)) && (c.Shape.Equals(a.Shape) || AlongLast(c)), $"shapes {a.Shape}, {factor.Shape} and {c.Shape} do not fit");
        return [new TensorType(ElementType.F32, a.Shape)];
    }
}
