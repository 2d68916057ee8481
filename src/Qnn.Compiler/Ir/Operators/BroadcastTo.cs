namespace Qnn.Compiler.Ir.Operators;

/// <summary>Repeats axes of extent 1, and adds leading axes, by NumPy's rule. Operand: data of any type.</summary>
/// <param name="Shape">The shape of the result.</param>
internal sealed record BroadcastTo(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "broadcast_to";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => axes.Count == Shape.Rank ? new BroadcastTo(new Shape(new Ints(Shape.Span).Scatter(axes).Span)) : null;

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs)
    {
        int carried = axis + Shape.Rank - Required(inputs, 0).Shape.Rank;
        return Shape[carried] == Required(inputs, 0).Shape[axis] ? carried : null;
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs) => operands[0] is { } data ? Bounds.Of(data.Hull.Low, data.Hull.High) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(Shape.Broadcast(data.Shape, Shape)?.Equals(Shape) == true, $"{data.Shape} does not broadcast to {Shape}");
        return [new TensorType(data.Element, Shape)];
    }
}
