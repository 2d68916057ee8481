using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Whether real a and real b compare so, shapes broadcast by NumPy's rule, both taken as TensorFlow Lite does: round(256 * s * (x - z)) with s as a fixed-point factor.
/// Operands: a, b (uint8 or int8). Result: bool.
/// </summary>
/// <param name="Kind">The comparison.</param>
internal sealed record QuantizedCompare(CompareKind Kind) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.compare";

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
        return [new TensorType(ElementType.Bool, shape!)];
    }
}
