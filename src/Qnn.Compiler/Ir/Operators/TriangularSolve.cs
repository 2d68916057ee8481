using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Solutions of equations one after the other: x[i] = b[i] - sum over k &lt; i of a[i, k] * x[k], for each index of the leading axes; a's diagonal counts as 1, what is above it not at all.
/// The sums are MKL's (strsm, small matrices): by vectors of four, everything rounded, what does not fill one last. Operands: a f32[..., N, N], b f32[..., N, M]. Result: f32[..., N, M].
/// </summary>
internal sealed record TriangularSolve : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "triangular_solve";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == ElementType.F32 && a.Shape.Rank >= 2 && a.Shape[-1] == a.Shape[-2], $"does not take {a}");
        Require(b.Element == ElementType.F32 && b.Shape.Rank == a.Shape.Rank && b.Shape.Span[..^1].SequenceEqual(a.Shape.Span[..^1]), $"does not take {b} with {a}");
        return [new TensorType(ElementType.F32, b.Shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => (long)outputs[0].Shape.ElementCount * Required(inputs, 0).Shape[-1] / 2;
}
