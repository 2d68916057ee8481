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
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        Require(a.Element is ElementType.F32 or ElementType.S32 or ElementType.S64 or ElementType.S16 or ElementType.S8 or ElementType.U8 or ElementType.Bool, $"does not take {a.Element.Name()}");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(ElementType.Bool, shape!)];
    }
}
