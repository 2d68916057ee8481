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
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(Shape.Broadcast(data.Shape, Shape)?.Equals(Shape) == true, $"{data.Shape} does not broadcast to {Shape}");
        return [new TensorType(data.Element, Shape)];
    }
}
