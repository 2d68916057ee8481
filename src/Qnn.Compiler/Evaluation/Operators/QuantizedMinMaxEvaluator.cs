using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element.</summary>
internal sealed class QuantizedMinMaxEvaluator : OperatorEvaluator<QuantizedMinMax>
{
    protected override void Evaluate(QuantizedMinMax op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs) =>
        BroadcastEvaluation.Apply(inputs[0]!, inputs[1]!, outputs[0], op.Max ? Math.Max : Math.Min);
}
