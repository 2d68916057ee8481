using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element.</summary>
internal sealed class QuantizedSquaredDifferenceEvaluator : OperatorEvaluator<QuantizedSquaredDifference>
{
    protected override void Evaluate(QuantizedSquaredDifference op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (a, b, y) = (inputs[0]!.Type, inputs[1]!.Type, outputs[0].Type);
        double twiceMax = 2.0 * Math.Max(a.Scale, b.Scale);
        var (ma, ea) = Gemmlowp.Quantize(a.Scale / twiceMax);
        var (mb, eb) = Gemmlowp.Quantize(b.Scale / twiceMax);
        var (my, ey) = Gemmlowp.Quantize(twiceMax * twiceMax / ((1 << 14) * y.Scale));
        var (min, max) = y.Element == ElementType.U8 ? (0, 255) : (-128, 127);
        BroadcastEvaluation.Apply(inputs[0]!, inputs[1]!, outputs[0], (p, q) =>
        {
            int difference = Gemmlowp.Multiply((p - a.ZeroPoint) * 128, ma, ea) - Gemmlowp.Multiply((q - b.ZeroPoint) * 128, mb, eb);
            return Math.Clamp(Gemmlowp.Multiply(difference * difference, my, ey) + y.ZeroPoint, min, max);
        });
    }
}
