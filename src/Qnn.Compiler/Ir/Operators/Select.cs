using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>y = condition ? a : b, element by element, shapes broadcast by NumPy's rule. Operands: condition (bool), a, b of one type.</summary>
internal sealed record Select : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "select";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (condition, a, b) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(condition.Element == ElementType.Bool && a.Element == b.Element, $"does not take {condition}, {a}, {b}");
        var shape = Shape.Broadcast(a.Shape, b.Shape) is { } both ? Shape.Broadcast(condition.Shape, both) : null;
        Require(shape is not null, $"shapes {condition.Shape}, {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(a.Element, shape!)];
    }
}
