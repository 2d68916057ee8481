using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Entry by entry: a graph of this operator alone has an output that ends with its entries, and the whole result is wanted here.</summary>
internal sealed class PackCountedEvaluator : OperatorEvaluator<PackCounted>
{
    protected override void Evaluate(PackCounted op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var shape = inputs[0]!.Type.Shape;
        int size = (int)(inputs[0]!.Type.ByteLength / Math.Max(1, shape.ElementCount)), inner = shape.Skip(op.Axis + 1).Aggregate(size, (n, e) => n * e);
        long count = Math.Clamp(inputs[1]!.ToInt64()[0], 0, shape[op.Axis]);
        var from = inputs[0]!.Span<byte>();
        var to = outputs[0].MutableSpan<byte>();
        int next = 0;
        for (int i = 0; i < from.Length; i++)
        {
            if (i / inner % shape[op.Axis] < count) to[next++] = from[i];
        }
    }
}
