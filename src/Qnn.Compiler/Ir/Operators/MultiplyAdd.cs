using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>y = a * factor + c, rounded once, as a fused multiply-add is. Operands: a (float32), factor (float32, one element), c (float32, a's shape or one element).</summary>
internal sealed record MultiplyAdd : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "multiply_add";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, factor, c) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(a.Element == ElementType.F32 && factor.Element == ElementType.F32 && c.Element == ElementType.F32, $"does not take {a}, {factor}, {c}");
        Require(factor.Shape.ElementCount == 1 && (c.Shape.Equals(a.Shape) || c.Shape.ElementCount == 1), $"shapes {a.Shape}, {factor.Shape} and {c.Shape} do not fit");
        return [new TensorType(ElementType.F32, a.Shape)];
    }
}
