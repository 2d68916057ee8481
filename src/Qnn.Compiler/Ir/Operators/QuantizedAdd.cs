using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// a + b, or a - b: y = clamp(round((sa * (a - za) +- sb * (b - zb)) / sy) + zy, Min, Max), shapes broadcast by NumPy's rule; <see cref="AddArithmetic"/> says how it is rounded.
/// Operands: a, b of one quantized 8 or 16-bit type.
/// </summary>
/// <param name="Arithmetic">The framework's way to round.</param>
/// <param name="Subtract">Whether b is subtracted.</param>
/// <param name="Min">The least result: the type's, or that of a fused activation.</param>
/// <param name="Max">The greatest result.</param>
internal sealed record QuantizedAdd(AddArithmetic Arithmetic, bool Subtract, int Min, int Max) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => Subtract ? "qnn.subtract" : "qnn.add";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element && a.Element is ElementType.U8 or ElementType.S8 or ElementType.S16, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        Require(a.Quantization is { IsPerChannel: false } && b.Quantization is { IsPerChannel: false }, "operands need one scale each");
        Require(Min <= Max, "the range of results is empty");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(a.Element, shape!)];
    }
}
