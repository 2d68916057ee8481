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
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs) => [new TensorType(Element, Required(inputs, 0).Shape)];
}
