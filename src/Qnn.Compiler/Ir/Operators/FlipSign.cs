using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>int8 to uint8 or back, the zero point moved by 128 with it, so that the real values stay: y = x XOR 0x80. Operand: x (int8 or uint8).</summary>
internal sealed record FlipSign : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.flip_sign";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.S8 or ElementType.U8, $"does not take {data}");
        return [new TensorType(data.Element == ElementType.S8 ? ElementType.U8 : ElementType.S8, data.Shape)];
    }

    /// <summary>The type of the result: the operand's with its quantization moved.</summary>
    public static TensorType Flipped(TensorType type) => type.Element switch
    {
        ElementType.S8 => new TensorType(ElementType.U8, type.Shape, type.Quantization?.WithZeroPointOffset(128)),
        ElementType.U8 => new TensorType(ElementType.S8, type.Shape, type.Quantization?.WithZeroPointOffset(-128)),
        _ => throw new ArgumentException($"{type} has no other sign."),
    };
}
