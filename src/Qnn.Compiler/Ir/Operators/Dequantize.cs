using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>y = scale * (x - zero point), scale and zero point those of x. Operand: x (uint8, int8, int16, uint16 or int32). Result: float32.</summary>
internal sealed record Dequantize : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.dequantize";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.U16 or ElementType.S32 && data.Quantization is not null, $"does not take {data}");
        return [new TensorType(ElementType.F32, data.Shape)];
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        if (data.Quantization is not { IsPerChannel: false } q) return null;
        var (min, max) = IntegerRange.Of(data.Element);
        // As it is computed: the product is rounded.
        return (operands[0] ?? Bounds.Of(min, max)).Each(element => (float)(element - q.ZeroPoint) * q.Scale);
    }
}
