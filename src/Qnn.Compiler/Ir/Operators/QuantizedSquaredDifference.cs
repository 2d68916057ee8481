using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// (a - b)^2: y = clamp(round((sa * (a - za) - sb * (b - zb))^2 / sy) + zy) to the range of the type, in TensorFlow Lite's fixed-point arithmetic with 7 more bits for the operands.
/// Operands: a, b of int8 or uint8, shapes broadcast by NumPy's rule.
/// </summary>
internal sealed record QuantizedSquaredDifference : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.squared_difference";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element && a.Element is ElementType.U8 or ElementType.S8, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        Require(a.Quantization is { IsPerChannel: false } && b.Quantization is { IsPerChannel: false }, "operands need one scale each");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(a.Element, shape!)];
    }
}
