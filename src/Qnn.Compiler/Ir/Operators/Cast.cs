using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Converts elements: floats to integers toward zero, saturating; integers to narrower ones by their low bits; to bool by comparison with 0. Operand: data of any type, its quantization disregarded.</summary>
/// <param name="Element">The type of the result.</param>
internal sealed record Cast(ElementType Element) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "cast";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (Element == ElementType.Bool) return Required(inputs, 0).Element == ElementType.Bool ? operands[0] : Bounds.Of(0, 1);
        // Integers that fit, and floats towards 0.
        return operands[0] is { } data && (Element is ElementType.F32 or ElementType.F64 or ElementType.S64 || Element == ElementType.S32 && data.Hull is ( >= int.MinValue, <= int.MaxValue)) ? Element is ElementType.F32 or ElementType.F64 ? data : data.Each(Math.Truncate) : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs) => [new TensorType(Element, Required(inputs, 0).Shape)];
}
