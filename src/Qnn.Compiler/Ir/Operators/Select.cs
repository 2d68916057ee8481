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
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (operands[1] is not { } a || operands[2] is not { } b) return null;
        var (x, y) = (Required(inputs, 1).Shape, Required(inputs, 2).Shape);
        var both = Shape.Broadcast(x, y)!;
        if (operands[0] is { } condition && condition.Elements.All(e => e == condition[0] && e.Low == e.High))
        {
            // One of them, as far as that has all elements of the result.
            var (chosen, shape) = condition[0].Low != 0 ? (a, x) : (b, y);
            return shape.ElementCount >= Math.Max(both.ElementCount, Required(inputs, 0).Shape.ElementCount) ? chosen : Bounds.Of(chosen.Hull.Low, chosen.Hull.High);
        }
        // A condition with more axes repeats what it chooses.
        return Required(inputs, 0).Shape.ElementCount <= both.ElementCount
            ? Bounds.Of(a, x, b, y, both, (p, q) => (Math.Min(p.Low, q.Low), Math.Max(p.High, q.High)))
            : Bounds.Of(Math.Min(a.Hull.Low, b.Hull.Low), Math.Max(a.Hull.High, b.Hull.High));
    }

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
