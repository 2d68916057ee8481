namespace Qnn.Compiler.Ir.Operators;

/// <summary>The same elements in the same row-major order under another shape. Operand: data.</summary>
/// <param name="Shape">The new shape, of as many elements.</param>
public sealed record Reshape(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "reshape";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Shape.ElementCount == Shape.ElementCount, $"{data.Shape} does not hold as many elements as {Shape}");
        return [data with { Shape = Shape, Quantization = null }];
    }
}
