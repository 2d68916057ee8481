using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element: the product, then TensorFlow Lite's fixed-point factor or XNNPACK's float one; or the product of the real numbers, as PyTorch does.</summary>
internal sealed class QuantizedMulEvaluator : OperatorEvaluator<QuantizedMul>
{
    protected override void Evaluate(QuantizedMul op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        var (a, b, y) = (inputs[0]!, inputs[1]!, outputs[0]);
        float factor = a.Type.Scale * b.Type.Scale / y.Type.Scale;
        var (multiplier, exponent) = Gemmlowp.Quantize(factor);
        float inverse = 1 / y.Type.Scale;
        BroadcastEvaluation.Apply(a, b, y, (p, q) =>
        {
            if (op.Arithmetic is MulArithmetic.DequantizedFused or MulArithmetic.Dequantized)
            {
                bool fused = op.Arithmetic == MulArithmetic.DequantizedFused;
                float real = QuantizedOperands.Dequantize(a.Type, p, fused) * QuantizedOperands.Dequantize(b.Type, q, fused) * inverse;
                return (int)Math.Clamp(Math.Round((double)real, MidpointRounding.ToEven) + y.Type.ZeroPoint, op.Min, op.Max);
            }
            int product = (p - a.Type.ZeroPoint) * (q - b.Type.ZeroPoint);
            if (op.Arithmetic == MulArithmetic.Linear) return (int)Math.Clamp(MathF.Round(product * factor + y.Type.ZeroPoint, MidpointRounding.ToEven), op.Min, op.Max);
            double scaled = op.Arithmetic == MulArithmetic.FixedPoint ? Gemmlowp.Multiply(product, multiplier, exponent) : Math.Round((float)(product * factor), MidpointRounding.ToEven);
            return (int)Math.Clamp(scaled + y.Type.ZeroPoint, op.Min, op.Max);
        });
    }
}
