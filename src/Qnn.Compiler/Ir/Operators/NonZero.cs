using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// The places of the elements that are not 0, in row-major order, and how many they are. Operand: data of any type.
/// Results: places s64[rank, elements], entries beyond the count 0; count s64.
/// </summary>
internal sealed record NonZero : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "non_zero";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var shape = Required(inputs, 0).Shape;
        return [new TensorType(ElementType.S64, new Shape(shape.Rank, shape.ElementCount)), new TensorType(ElementType.S64, Shape.Scalar)];
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        var shape = Required(inputs, 0).Shape;
        return Bounds.Of(0, result == 1 ? shape.ElementCount : Math.Max(0, shape.DefaultIfEmpty(1).Max() - 1));
    }
}
