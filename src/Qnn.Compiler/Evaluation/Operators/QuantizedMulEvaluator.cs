using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element: the product, then TensorFlow Lite's fixed-point factor or XNNPACK's or PyTorch's float one.</summary>
internal sealed class QuantizedMulEvaluator : OperatorEvaluator<QuantizedMul>
{
    protected override void Evaluate(QuantizedMul op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (a, b, y) = (inputs[0]!, inputs[1]!, outputs[0]);
        float scales = a.Type.Scale * b.Type.Scale, inverse = 1 / y.Type.Scale;
        float factor = op.Arithmetic == MulArithmetic.Float32Inverse ? scales * inverse : scales / y.Type.Scale;
        var (multiplier, exponent) = Gemmlowp.Quantize(factor);
        BroadcastEvaluation.Apply(a, b, y, (p, q) =>
        {
            int product = (p - a.Type.ZeroPoint) * (q - b.Type.ZeroPoint);
            if (op.Arithmetic == MulArithmetic.Linear) return (int)Math.Clamp(MathF.Round(product * factor + y.Type.ZeroPoint, MidpointRounding.ToEven), op.Min, op.Max);
            double scaled = op.Arithmetic == MulArithmetic.FixedPoint ? Gemmlowp.Multiply(product, multiplier, exponent) : Math.Round((float)(product * factor), MidpointRounding.ToEven);
            return (int)Math.Clamp(scaled + y.Type.ZeroPoint, op.Min, op.Max);
        });
    }
}
