using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>result[batch, outer, i..., inner] = data[batch, outer, indices[batch, i...], inner]; zeros for an index that is none of the axis. Operands: data of any type, indices (int16, int32, int64).</summary>
/// <param name="Axis">The axis of the data that is looked up, from 0.</param>
/// <param name="BatchDims">Leading axes that data and indices share.</param>
internal sealed record Gather(int Axis, int BatchDims = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "gather";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs)
    {
        if (operand == 1) return axis < BatchDims ? null : Axis + axis - BatchDims;
        return axis < BatchDims ? null : axis < Axis ? axis : axis == Axis ? Dropped : axis - 1 + Required(inputs, 1).Shape.Rank - BatchDims;
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (operands[0] is not { } data) return null;
        // An index that is none of the axis gives zeros.
        bool isShape = Required(inputs, 0).Shape.Rank == 1 && operands[1] is { } indices && indices.Elements.All(e => e.Low == e.High && e.Low >= 0 && e.Low < Required(inputs, 0).Shape[0]);
        return isShape ? data.At([.. Enumerable.Range(0, Required(inputs, 1).Shape.ElementCount).Select(i => (int)operands[1]![i].Low)]) : Bounds.Of(Math.Min(0, data.Hull.Low), Math.Max(0, data.Hull.High));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, indices) = (Required(inputs, 0), Required(inputs, 1));
        Require(indices.Element is ElementType.S16 or ElementType.S32 or ElementType.S64, $"does not take indices {indices}");
        Require(BatchDims >= 0 && BatchDims <= Axis && Axis < data.Shape.Rank && BatchDims <= indices.Shape.Rank, $"axis {Axis} with {BatchDims} batch axes does not fit {data.Shape} and {indices.Shape}");
        Require(data.Shape.Span[..BatchDims].SequenceEqual(indices.Shape.Span[..BatchDims]), $"the batch axes of {data.Shape} and {indices.Shape} differ");
        return [new TensorType(data.Element, new Shape([.. data.Shape.Span[..Axis], .. indices.Shape.Span[BatchDims..], .. data.Shape.Span[(Axis + 1)..]]))];
    }
}
