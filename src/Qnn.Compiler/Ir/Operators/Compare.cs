using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Whether a and b compare so, element by element, shapes broadcast by NumPy's rule. Operands: a, b of one type. Result: bool.</summary>
/// <param name="Kind">The comparison.</param>
internal sealed record Compare(CompareKind Kind) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "compare";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (Kind != CompareKind.Equal || operands[0] is not { } a || operands[1] is not { } b) return Bounds.Of(0, 1);
        var (x, y) = (Required(inputs, 0).Shape, Required(inputs, 1).Shape);
        return Bounds.Of(a, x, b, y, Shape.Broadcast(x, y)!, (p, q) => p.High < q.Low || q.High < p.Low ? (0, 0) : p.Low == p.High && p == q ? (1, 1) : (0, 1));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        Require(a.Element is not (ElementType.F16 or ElementType.F64), $"does not take {a.Element.Name()}");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(ElementType.Bool, shape!)];
    }
}
