using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>The larger, or the smaller, of a and b by their quantized numbers, whose scales are those of the result; shapes broadcast by NumPy's rule. Operands: a, b of one 8 or 16-bit type.</summary>
/// <param name="Max">Whether the larger.</param>
internal sealed record QuantizedMinMax(bool Max) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => Max ? "qnn.maximum" : "qnn.minimum";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element && a.Element is ElementType.U8 or ElementType.S8 or ElementType.S16, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(a.Element, shape!)];
    }
}
