namespace Qnn.Compiler.Ir.Operators;

/// <summary>What a variable holds at this place among the graph's nodes: a copy. Operand: the variable, of any type.</summary>
internal sealed record ReadVariable : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "read_variable";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs) => [Required(inputs, 0) with { Quantization = null }];
}
