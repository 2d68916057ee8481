using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// The range of x, widened to hold 0, spread over uint8 at run time: scale = (max - min) / 255 (1 where that is 0), zero point = clamp(rint(-min / scale)), y = clamp(rint(x / scale) + zero point), halves to even.
/// Operand: float32. Results: y (uint8), scale (float32) and zero point (uint8), scalars.
/// </summary>
internal sealed record DynamicQuantizeLinear : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.dynamic_quantize_linear";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32, $"does not take {data}");
        return [new TensorType(ElementType.U8, data.Shape), new TensorType(ElementType.F32, Shape.Scalar), new TensorType(ElementType.U8, Shape.Scalar)];
    }
}
