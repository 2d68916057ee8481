using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Matrix products of quantized values over leading axes that broadcast, requantized: the accumulator of [..., m, n] is the sum over k of
/// (a[..., m, k] - a's zero point) * (b[..., n, k] - b's zero point), exact in 64 bits; the result is what <see cref="Epilogue"/> makes of it.
/// Arithmetics of 32 bits wrap the accumulator first. Operands: a u8, s8 or s16 [..., M, K], b u8, s8 or s16 [..., N, K]; both with K innermost.
/// </summary>
/// <param name="Epilogue">What the accumulators become; one multiplier.</param>
internal sealed record QnnBatchMatMul(Requantize Epilogue) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.batch_matmul";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        foreach (var operand in (ReadOnlySpan<TensorType>)[a, b])
        {
            Require(operand.Element is ElementType.U8 or ElementType.S8 or ElementType.S16 && operand.Shape.Rank >= 2, $"does not take {operand}");
            Require(operand.Element != ElementType.S16 || operand.ZeroPoint == 0, $"does not take {operand}");
        }
        Require(a.Shape[-1] == b.Shape[-1], $"does not take {b} with {a}");
        var batch = Shape.Broadcast(new Shape(a.Shape.Span[..^2]), new Shape(b.Shape.Span[..^2]));
        Require(batch is not null, $"the leading axes of {a.Shape} and {b.Shape} do not broadcast");
        Require(Epilogue.Multipliers.Count == 1, "takes one multiplier");
        var shape = new Shape([.. batch!.Span, a.Shape[-2], b.Shape[-2]]);
        Epilogue.CheckFor(shape);
        return [new TensorType(Epilogue.Output, shape)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * Required(inputs, 0).Shape[-1];
}
