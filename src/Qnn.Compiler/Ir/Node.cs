namespace Qnn.Compiler.Ir;

/// <summary>An operator applied to values.</summary>
/// <param name="Operator">The operator with its attributes.</param>
/// <param name="Inputs">Operands; null for an absent optional one.</param>
/// <param name="Outputs">Results, made by this node alone.</param>
/// <param name="Location">Where in the source model it comes from.</param>
public sealed record Node(Operator Operator, IReadOnlyList<Value?> Inputs, IReadOnlyList<Value> Outputs, SourceLocation Location)
{
    /// <summary>The operand at a place, which must be there.</summary>
    public Value Input(int index) => Inputs[index] ?? throw new InvalidOperationException($"{Operator.Mnemonic} lacks operand {index}.");

    /// <summary>The operand at a place, or null.</summary>
    public Value? OptionalInput(int index) => index < Inputs.Count ? Inputs[index] : null;

    /// <summary>The only result.</summary>
    public Value Output => Outputs.Single();

    /// <summary>Compared by reference: a node is a place in a graph.</summary>
    public bool Equals(Node? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
