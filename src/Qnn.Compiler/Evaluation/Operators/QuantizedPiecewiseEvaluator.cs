using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Number by number.</summary>
internal sealed class QuantizedPiecewiseEvaluator : OperatorEvaluator<QuantizedPiecewise>
{
    protected override void Evaluate(QuantizedPiecewise op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        int[] x = inputs[0]!.ToInt32();
        for (int i = 0; i < x.Length; i++)
        {
            int v = x[i] - inputs[0]!.Type.ZeroPoint;
            double factor = v >= 0 ? op.PositiveFactor : op.NegativeFactor;
            var (multiplier, exponent) = Gemmlowp.Quantize(Math.Abs(factor));
            long y = (long)Gemmlowp.Multiply(v, factor < 0 ? -multiplier : multiplier, exponent) + outputs[0].Type.ZeroPoint;
            BroadcastEvaluation.Set(outputs[0], i, (int)Math.Clamp(y, op.Min, op.Max));
        }
    }
}
