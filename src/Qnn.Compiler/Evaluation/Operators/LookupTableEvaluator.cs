using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Looks up one number after the other.</summary>
internal sealed class LookupTableEvaluator : OperatorEvaluator<LookupTable>
{
    protected override void Evaluate(LookupTable op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (x, table, y) = (inputs[0]!.ToInt32(), inputs[1]!.ToInt32(), outputs[0]);
        for (int i = 0; i < x.Length; i++)
        {
            if (inputs[0]!.Type.Element != ElementType.S16) BroadcastEvaluation.Set(y, i, table[x[i] & 255]);
            else if (table.Length == 65536) BroadcastEvaluation.Set(y, i, table[x[i] + 32768]);
            else
            {
                int entry = (x[i] + 32768) / 128, part = (x[i] + 32768) % 128;
                int slope = (short)(table[entry + 1] - table[entry]);
                BroadcastEvaluation.Set(y, i, (short)(table[entry] + (int)Math.Floor((slope * part + 64) / 128.0)));
            }
        }
    }
}
