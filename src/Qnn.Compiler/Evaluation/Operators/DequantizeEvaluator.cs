using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Number by number, with one scale or one for each channel; differences are of 32 bits, as the frameworks' (TFLite's reference kernel, fbgemm::Dequantize). Also dequantizes constant weights.</summary>
internal sealed class DequantizeEvaluator : OperatorEvaluator<Dequantize>
{
    protected override void Evaluate(Dequantize op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        long[] x = inputs[0]!.ToInt64();
        for (int i = 0; i < x.Length; i++)
        {
            var (scale, zeroPoint) = ChannelQuantization.At(inputs[0]!.Type, i);
            outputs[0].MutableSpan<float>()[i] = unchecked((int)(x[i] - zeroPoint)) * scale;
        }
    }
}
