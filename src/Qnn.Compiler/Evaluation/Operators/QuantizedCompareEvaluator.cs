using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element.</summary>
internal sealed class QuantizedCompareEvaluator : OperatorEvaluator<QuantizedCompare>
{
    protected override void Evaluate(QuantizedCompare op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (a, b) = (inputs[0]!.Type, inputs[1]!.Type);
        var (ma, ea) = Gemmlowp.Quantize(a.Scale);
        var (mb, eb) = Gemmlowp.Quantize(b.Scale);
        BroadcastEvaluation.Apply(inputs[0]!, inputs[1]!, outputs[0], (p, q) =>
        {
            int order = Gemmlowp.Multiply((p - a.ZeroPoint) * 256, ma, ea).CompareTo(Gemmlowp.Multiply((q - b.ZeroPoint) * 256, mb, eb));
            bool holds = op.Kind switch
            {
                CompareKind.Equal => order == 0,
                CompareKind.NotEqual => order != 0,
                CompareKind.Less => order < 0,
                CompareKind.LessEqual => order <= 0,
                CompareKind.Greater => order > 0,
                _ => order >= 0,
            };
            return holds ? 1 : 0;
        });
    }
}
