using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Flips the top bit.</summary>
internal sealed class FlipSignEvaluator : OperatorEvaluator<FlipSign>
{
    protected override void Evaluate(FlipSign op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var x = inputs[0]!.Span<byte>();
        var y = outputs[0].MutableSpan<byte>();
        for (int i = 0; i < x.Length; i++) y[i] = (byte)(x[i] ^ 0x80);
    }
}
