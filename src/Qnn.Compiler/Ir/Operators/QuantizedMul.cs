using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// a * b: y = clamp(round(sa * sb / sy * (a - za) * (b - zb)) + zy, Min, Max), shapes broadcast by NumPy's rule; <see cref="MulArithmetic"/> says how it is rounded.
/// Operands: a, b of one quantized 8 or 16-bit type.
/// </summary>
/// <param name="Arithmetic">The framework's way to round.</param>
/// <param name="Element">The result's element type: the operands', or an 8-bit one for 16-bit operands.</param>
/// <param name="Min">The least result: the type's, or that of a fused activation.</param>
/// <param name="Max">The greatest result.</param>
internal sealed record QuantizedMul(MulArithmetic Arithmetic, ElementType Element, int Min, int Max) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.mul";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element && a.Element is ElementType.U8 or ElementType.S8 or ElementType.S16, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        Require(Element == a.Element || (a.Element == ElementType.S16 && Element is ElementType.U8 or ElementType.S8), $"the result cannot be {Element.Name()}");
        Require(a.Quantization is { IsPerChannel: false } && b.Quantization is { IsPerChannel: false }, "operands need one scale each");
        Require(Min <= Max, "the range of results is empty");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(Element, shape!)];
    }
}
