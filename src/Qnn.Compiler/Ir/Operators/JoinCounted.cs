using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Joins the first entries of tensors along an axis, without the gaps that a concatenation of all would have; what remains of the result is 0.
/// Operands: tensors of one type, then for each how many of its entries are taken (int64 scalar; absent: all).
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
internal sealed record JoinCounted(int Axis) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "join_counted";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        int parts = inputs.Count / 2;
        Require(parts > 0 && inputs.Count % 2 == 0, "needs as many counts as tensors");
        Require(inputs.Skip(parts).All(c => c is null or { Element: ElementType.S64, Shape.ElementCount: 1 }), "a count is malformed");
        return new Concat(Axis).InferTypes([.. inputs.Take(parts)]);
    }

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis == Axis ? Dropped : axis;
}
