using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>y = clamp(round(x / scale) + zero point) to the range of the type, scale and zero point those of the result; <see cref="QuantizeArithmetic"/> says how it is rounded. Operand: x (float32).</summary>
/// <param name="Element">The result's element type: uint8, int8, int16 or uint16.</param>
/// <param name="Arithmetic">The framework's way to round.</param>
/// <param name="Factor">What x is multiplied by, where that is not the reciprocal of the result's scale. For <see cref="QuantizeArithmetic.MultiplyEven"/> only.</param>
internal sealed record Quantize(ElementType Element, QuantizeArithmetic Arithmetic, float? Factor = null) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.quantize";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && Element is ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.U16, $"does not make {Element.Name()} of {data.Element.Name()}");
        Require(Factor is null || Factor > 0 && float.IsFinite(Factor.Value) && Arithmetic == QuantizeArithmetic.MultiplyEven, $"does not multiply by {Factor}");
        return [new TensorType(Element, data.Shape)];
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        var (min, max) = IntegerRange.Of(Element);
        return Bounds.Of(min, max);
    }
}
