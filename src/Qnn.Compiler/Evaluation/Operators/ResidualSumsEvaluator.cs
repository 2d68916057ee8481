using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Number by number.</summary>
internal sealed class ResidualSumsEvaluator : OperatorEvaluator<ResidualSums>
{
    protected override void Evaluate(ResidualSums op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        float factor = inputs[1]!.Span<float>()[0];
        var sums = inputs[2]!.Span<int>();
        var scale = inputs[3]!.Span<float>();
        var bias = inputs[4] is { } b ? b.Span<float>() : [0f];
        var type = outputs[0].Type;
        int columns = type.Shape[-1];
        (int min, int max) = op.Element == ElementType.U8 ? (0, 255) : (-128, 127);
        for (int i = 0; i < sums.Length; i++)
        {
            int channel = i % columns, x = op.Element == ElementType.U8 ? inputs[0]!.Span<byte>()[i] : inputs[0]!.Span<sbyte>()[i];
            float real = (sums[i] + bias[bias.Length == 1 ? 0 : channel]) * scale[scale.Length == 1 ? 0 : channel];
            real = MathF.FusedMultiplyAdd(x - op.Origin, factor, real) * (1f / type.Scale);
            double rounded = Math.Round((double)real, MidpointRounding.ToEven) + type.ZeroPoint;
            BroadcastEvaluation.Set(outputs[0], i, double.IsNaN(rounded) ? min : (int)Math.Clamp(rounded, min, max));
        }
    }
}
