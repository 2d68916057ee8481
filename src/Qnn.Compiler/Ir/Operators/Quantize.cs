using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>y = clamp(round(x / scale) + zero point) to the range of the type, scale and zero point those of the result; <see cref="QuantizeArithmetic"/> says how it is rounded. Operand: x (float32).</summary>
/// <param name="Element">The result's element type: uint8, int8 or int16.</param>
/// <param name="Arithmetic">The framework's way to round.</param>
internal sealed record Quantize(ElementType Element, QuantizeArithmetic Arithmetic) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.quantize";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && Element is ElementType.U8 or ElementType.S8 or ElementType.S16, $"does not make {Element.Name()} of {data.Element.Name()}");
        return [new TensorType(Element, data.Shape)];
    }
}
