using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Window by window, with integers.</summary>
internal sealed class QuantizedPool2DEvaluator : OperatorEvaluator<QuantizedPool2D>
{
    protected override void Evaluate(QuantizedPool2D op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        long[] x = inputs[0]!.ToInt64();
        Shape input = inputs[0]!.Type.Shape, output = outputs[0].Type.Shape;
        for (int i = 0; i < output.ElementCount; i++)
        {
            int channel = i % output[3], column = i / output[3] % output[2], row = i / output[3] / output[2] % output[1], image = i / output[3] / output[2] / output[1];
            var window = new List<long>();
            for (int r = 0; r < op.Window.KernelHeight; r++)
            {
                for (int c = 0; c < op.Window.KernelWidth; c++)
                {
                    int y = row * op.Window.StrideHeight - op.Window.PadTop + r, z = column * op.Window.StrideWidth - op.Window.PadLeft + c;
                    if (y >= 0 && y < input[1] && z >= 0 && z < input[2]) window.Add(x[((image * input[1] + y) * input[2] + z) * input[3] + channel]);
                }
            }
            decimal value = op.Kind == PoolKind.Max
                ? window.DefaultIfEmpty(op.Min).Max()
                : window.Count == 0 ? op.Origin : Math.Round((decimal)window.Sum(v => v - op.Origin) / window.Count, MidpointRounding.AwayFromZero) + op.Origin;
            BroadcastEvaluation.Set(outputs[0], i, (int)Math.Clamp(value, op.Min, op.Max));
        }
    }
}
