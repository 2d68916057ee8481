namespace Qnn.Compiler.Ir.Operators;

/// <summary>Turns axes around. Operand: data of any type.</summary>
/// <param name="Axes">The axes, from 0.</param>
internal sealed record Reverse(Ints Axes) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "reverse";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => this with { Axes = new Ints([.. Axes.Select(axis => axes[axis])]) };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(Axes.All(a => (uint)a < (uint)data.Shape.Rank), $"{Axes} are no axes of {data.Shape}");
        return [data with { Quantization = null }];
    }
}
