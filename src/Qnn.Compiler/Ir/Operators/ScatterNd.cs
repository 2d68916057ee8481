using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Writes slices to the places that tuples of indices name; the rest is the fill, an element or a tensor of the result's shape, or 0. Tuples outside are passed over. Operands: indices (int16, int32, int64), slices of any type, fill (optional).</summary>
/// <param name="Shape">The shape of the result.</param>
/// <param name="Reduction">What becomes of slices for one place, in order, what fills it being the first.</param>
internal sealed record ScatterNd(Shape Shape, ScatterReduction Reduction) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "scatter_nd";

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (Reduction != ScatterReduction.None || operands[1] is not { } slices || operands.Count > 2 && inputs[2] is not null && operands[2] is null) return null;
        var fill = operands.Count > 2 && operands[2] is { } given ? given.Hull : (Low: 0.0, High: 0.0);
        return Bounds.Of(Math.Min(slices.Hull.Low, fill.Low), Math.Max(slices.Hull.High, fill.High));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (indices, slices) = (Required(inputs, 0), Required(inputs, 1));
        var fill = inputs.Count > 2 ? inputs[2] : null;
        Require(indices.Element is ElementType.S16 or ElementType.S32 or ElementType.S64 && indices.Shape.Rank > 0 && indices.Shape[-1] <= Shape.Rank, $"does not take indices {indices} into {Shape}");
        Require(slices.Shape.ElementCount == (long)new Shape(indices.Shape.Span[..^1]).ElementCount * new Shape(Shape.Span[indices.Shape[-1]..]).ElementCount, $"slices {slices} do not fit");
        Require(fill is null || fill.Element == slices.Element && (fill.Shape.ElementCount == 1 || fill.Shape.Equals(Shape)), $"does not take fill {fill}");
        return [new TensorType(slices.Element, Shape)];
    }
}
