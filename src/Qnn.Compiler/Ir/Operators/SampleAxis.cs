using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Resamples an axis of three: y[a, o, b] = the sum over t of weights[o, t] * data[a, places[o, t], b], the first product rounded, each further one joining the sum with one rounding. Places outside are taken to the edge.
/// Operands: data f32[A,E,B], places s32[O,T], weights f32[O,T]. Result: f32[A,O,B].
/// </summary>
internal sealed record SampleAxis : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "sample_axis";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, places, weights) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 3 && data.Shape.ElementCount > 0, $"does not take {data}");
        Require(places.Element == ElementType.S32 && places.Shape.Rank == 2 && places.Shape.ElementCount > 0, $"does not take places {places}");
        Require(weights.Element == ElementType.F32 && weights.Shape.Equals(places.Shape), $"does not take weights {weights} for {places}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], places.Shape[0], data.Shape[2]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => (long)outputs[0].Shape.ElementCount * Required(inputs, 1).Shape[1];
}
