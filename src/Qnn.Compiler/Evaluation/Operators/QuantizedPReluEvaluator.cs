using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element.</summary>
internal sealed class QuantizedPReluEvaluator : OperatorEvaluator<QuantizedPRelu>
{
    protected override void Evaluate(QuantizedPRelu op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (x, alpha, y) = (inputs[0]!.Type, inputs[1]!.Type, outputs[0].Type);
        var (mp, ep) = Gemmlowp.Quantize(x.Scale / y.Scale);
        var (mn, en) = Gemmlowp.Quantize(x.Scale * alpha.Scale / y.Scale);
        var (min, max) = y.Element == ElementType.U8 ? (0, 255) : (-128, 127);
        BroadcastEvaluation.Apply(inputs[0]!, inputs[1]!, outputs[0], (p, q) =>
        {
            int v = p - x.ZeroPoint;
            int scaled = v >= 0 ? Gemmlowp.Multiply(v, mp, ep) : Gemmlowp.Multiply(v * (q - alpha.ZeroPoint), mn, en);
            return Math.Clamp(scaled + y.ZeroPoint, min, max);
        });
    }
}
