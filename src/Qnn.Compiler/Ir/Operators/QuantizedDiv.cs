using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// a / b: y = clamp(sa / (sb * sy) * (a - za) / (b - zb) + zy, Min, Max), shapes broadcast by NumPy's rule, by gemmlowp's fixed-point reciprocal as TensorFlow Lite has it.
/// Operands: a, b (uint8).
/// </summary>
/// <param name="Min">The least result: the type's, or that of a fused activation.</param>
/// <param name="Max">The greatest result.</param>
internal sealed record QuantizedDiv(int Min, int Max) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.div";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == ElementType.U8 && b.Element == ElementType.U8, $"does not divide {a.Element.Name()} by {b.Element.Name()}");
        Require(a.Quantization is { IsPerChannel: false } && b.Quantization is { IsPerChannel: false }, "operands need one scale each");
        Require(Min <= Max, "the range of results is empty");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(ElementType.U8, shape!)];
    }
}
