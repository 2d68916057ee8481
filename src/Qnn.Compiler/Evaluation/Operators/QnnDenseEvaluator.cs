using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>The definition, loop by loop.</summary>
internal sealed class QnnDenseEvaluator : OperatorEvaluator<QnnDense>
{
    protected override void Evaluate(QnnDense op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        int[] data = QuantizedOperands.Centered(inputs[0]!), weights = QuantizedOperands.Centered(inputs[1]!);
        int[]? bias = inputs.ElementAtOrDefault(2)?.ToInt32();
        int depth = inputs[1]!.Type.Shape[1], units = inputs[1]!.Type.Shape[0];
        for (int row = 0; row < data.Length / depth; row++)
            for (int o = 0; o < units; o++)
            {
                int sum = bias is null ? 0 : bias[o];
                for (int i = 0; i < depth; i++) sum += data[row * depth + i] * weights[o * depth + i];
                RequantizeEvaluator.Store(op.Epilogue, outputs[0], row * units + o, sum, o);
            }
    }
}
