using System.Text;

namespace Qnn.Compiler.Ir;

/// <summary>
/// An operator with its attributes, as an immutable record in Ir/Operators, one file each. Operands are not part of it.
/// The record's doc comment gives the real-number formula, the integer one, and rounding and saturation.
/// </summary>
public abstract record Operator
{
    /// <summary>The name in the text form: <c>qnn.conv2d</c> for operators on quantized values, <c>transpose</c> for plain ones.</summary>
    public abstract string Mnemonic { get; }

    /// <summary>
    /// The shapes and element types of the results. Results carry no quantization here: a node's author states it, and <see cref="GraphBuilder"/> attaches it.
    /// </summary>
    /// <param name="inputs">Types of the operands; null for an absent optional one.</param>
    /// <exception cref="TypeException">The operands do not fit the operator.</exception>
    public abstract IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs);

    /// <summary>Whether equal inputs always give equal outputs and nothing else changes; false for operators that update a variable.</summary>
    public virtual bool IsPure => true;

    /// <summary>Whether an operand is a variable that the operator updates in place.</summary>
    public virtual bool Updates(int operand) => false;

    /// <summary>
    /// Whether each element of the only result depends on the data operands' elements at that place alone, these broadcast by NumPy's rule.
    /// Such operators run on transposed data as they are, and may become tables.
    /// </summary>
    public virtual bool IsElementwise => false;

    /// <summary>How many operands are data, from the first on; what follows describes the operator, as a table does, and stays as it is when data are moved.</summary>
    public virtual int DataOperands => int.MaxValue;

    /// <summary>
    /// The operator that makes of transposed operands the transposed result; null where there is none. Axis i of an operand and of the result (where they have one rank) stands at <paramref name="axes"/>[i].
    /// Reductions that drop axes keep the others in their order.
    /// </summary>
    public virtual Operator? OnTransposed(Ints axes) => IsElementwise ? this : null;

    /// <summary>Of <see cref="CarriedAxis"/>: the results have no such axis.</summary>
    internal const int Dropped = -1;

    /// <summary>
    /// The axis of the results whose extent is known at run time only because an operand's is (<see cref="Varying"/>): entries that are there depend on entries that are there alone.
    /// <see cref="Dropped"/> where the results have none, null where the operator does not do that.
    /// </summary>
    internal virtual int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        IsElementwise && operand < DataOperands ? axis + outputs[0].Shape.Rank - Required(inputs, operand).Shape.Rank : null;

    /// <summary>The least and the greatest that the elements of a result can be, from those of the operands (null where they are not known); null where nothing is known. Asked of what makes extents.</summary>
    internal virtual Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs) => null;

    /// <summary>Multiply-adds of one evaluation, for reports and scheduling.</summary>
    public virtual long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => 0;

    /// <summary>What all operators have is no attribute, and is not printed.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>The operand at a place, which must be there.</summary>
    protected TensorType Required(IReadOnlyList<TensorType?> inputs, int index) =>
        index < inputs.Count && inputs[index] is { } type ? type : throw new TypeException($"{Mnemonic} lacks operand {index}.");

    /// <summary>Rejects operands.</summary>
    protected void Require(bool condition, string what)
    {
        if (!condition) throw new TypeException($"{Mnemonic}: {what}.");
    }
}

/// <summary>Operands do not fit an operator. Importers turn it into a diagnostic that names the node.</summary>
public sealed class TypeException(string message) : Exception(message);
