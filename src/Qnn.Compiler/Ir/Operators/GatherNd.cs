using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>result[i..., rest] = data[indices[i..., :], rest]; zeros for a tuple that lies outside. Operands: data of any type, indices (int16, int32, int64), whose last axis counts along the data's first axes.</summary>
internal sealed record GatherNd : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "gather_nd";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs)
    {
        var indices = Required(inputs, 1).Shape;
        return operand == 1 ? axis < indices.Rank - 1 ? axis : null : axis < indices[-1] ? Dropped : axis - indices[-1] + indices.Rank - 1;
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs) => operands[0] is { } data ? Bounds.Of(Math.Min(0, data.Hull.Low), Math.Max(0, data.Hull.High)) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, indices) = (Required(inputs, 0), Required(inputs, 1));
        Require(indices.Element is ElementType.S16 or ElementType.S32 or ElementType.S64 && indices.Shape.Rank > 0 && indices.Shape[-1] <= data.Shape.Rank, $"does not take indices {indices} into {data}");
        return [new TensorType(data.Element, new Shape([.. indices.Shape.Span[..^1], .. data.Shape.Span[indices.Shape[-1]..]]))];
    }
}
