using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Number by number, with one scale or one for each channel.</summary>
internal sealed class QuantizeEvaluator : OperatorEvaluator<Quantize>
{
    protected override void Evaluate(Quantize op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var x = inputs[0]!.Span<float>();
        var type = outputs[0].Type;
        var (min, max) = IntegerRange.Of(type.Element);
        for (int i = 0; i < x.Length; i++)
        {
            var (scale, zeroPoint) = ChannelQuantization.At(type, i);
            double scaled = op.Arithmetic switch
            {
                QuantizeArithmetic.MultiplyEven => x[i] * (op.Factor ?? 1f / scale),
                QuantizeArithmetic.DivideDoubleAway => x[i] / (double)scale,
                _ => x[i] / scale,
            };
            double rounded = Math.Round(scaled, op.Arithmetic is QuantizeArithmetic.DivideAway or QuantizeArithmetic.DivideDoubleAway ? MidpointRounding.AwayFromZero : MidpointRounding.ToEven) + zeroPoint;
            BroadcastEvaluation.Set(outputs[0], i, double.IsNaN(rounded) ? min : (int)Math.Clamp(rounded, min, max));
        }
    }
}
