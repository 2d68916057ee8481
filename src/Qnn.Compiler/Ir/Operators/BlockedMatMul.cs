using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Rows times weights of few bits: sum over k of a[.., k] * (w[n, k] - z[n, k / Block]) * s[n, k / Block] (+ bias[n]), in the order of MLAS's kernels for AVX512-VNNI.
/// Operands: a [.., K], w uint8 [N, blocks * Block], s and z floats [N, blocks], bias floats [N] (or absent). Result: floats [.., N].
/// Where it quantizes, each block of a row is q = rint(a * (127 / greatest magnitude)) first; its exact sums with w are multiplied by both scales, and the zero points' share is added at last.
/// </summary>
/// <param name="Block">Elements of a block.</param>
/// <param name="Bits">Of the weights: 2, 4 or 8.</param>
/// <param name="Quantizes">Whether the data are quantized.</param>
internal sealed record BlockedMatMul(int Block, int Bits, bool Quantizes) : Operator
{
    /// <summary>Whether MLAS has a kernel for blocks of such a length.</summary>
    public static bool Takes(int block, int bits, bool quantizes) => bits == 2 ? quantizes && block is 32 or 64 or 128 : block is 16 or 32 or 64 or 128 or 256 && (bits == 4 || bits == 8 && quantizes);

    /// <inheritdoc/>
    public override string Mnemonic => "blocked_matmul";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, w, s, z) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2), Required(inputs, 3));
        Require(Takes(Block, Bits, Quantizes), $"does not have blocks of {Block} of {Bits} bits");
        Require(a.Element == ElementType.F32 && a.Shape.Rank > 0 && a.Shape[-1] > 0 && w.Element == ElementType.U8 && w.Shape.Rank == 2, $"does not take {a} and {w}");
        int blocks = (a.Shape[-1] - 1) / Block + 1, n = w.Shape[0];
        Require(w.Shape[1] == (long)blocks * Block && s.Element == ElementType.F32 && s.Shape.Equals(new Shape(n, blocks)) && z.Equals(s), $"does not take {w} with {s} and {z}");
        Require(inputs.Count < 5 || inputs[4] is null || inputs[4]!.Element == ElementType.F32 && inputs[4]!.Shape.ElementCount == n, "has another bias");
        return [new TensorType(ElementType.F32, new Shape([.. a.Shape.Span[..^1], n]))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => (long)outputs[0].Shape.ElementCount * Required(inputs, 0).Shape[-1];
}
