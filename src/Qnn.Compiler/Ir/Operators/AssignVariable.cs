namespace Qnn.Compiler.Ir.Operators;

/// <summary>Sets a variable to data, which are the result, too. Operands: data of any type, the variable, of the same element type and as many elements.</summary>
internal sealed record AssignVariable : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "assign_variable";

    /// <inheritdoc/>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override bool Updates(int operand) => operand == 1;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, variable) = (Required(inputs, 0), Required(inputs, 1));
        Require(data.Element == variable.Element && data.Shape.Equals(variable.Shape), $"does not put {data} into {variable}");
        return [data with { Quantization = null }];
    }
}
