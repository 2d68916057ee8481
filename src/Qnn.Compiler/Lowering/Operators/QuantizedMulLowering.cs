using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The factor of a product is computed in float, as TensorFlow Lite and XNNPACK do; PyTorch multiplies by the inverse of the result's scale.</summary>
internal sealed class QuantizedMulLowering : OperatorLowering<QuantizedMul>
{
    protected override void Lower(QuantizedMul op, Node node, LoweringContext context)
    {
        var (a, b, y) = (node.Input(0).Type, node.Input(1).Type, node.Output.Type);
        float factor = op.Arithmetic == MulArithmetic.Float32Inverse ? a.Scale * b.Scale * (1 / y.Scale) : a.Scale * b.Scale / y.Scale;
        // Factors of floats may be beyond what fixed point holds.
        var fixedPoint = op.Arithmetic == MulArithmetic.FixedPoint ? FixedPointMultiplier.From(factor) : default;
        int[] operands = [BroadcastConstants.Operand(context, node.Input(0), y.Shape), BroadcastConstants.Operand(context, node.Input(1), y.Shape)];
        context.Step(OpCode.QuantizedMul, node.Location.Node, operands, [context.Tensor(node.Output)], new QuantizedMulParameters
        {
            Arithmetic = op.Arithmetic,
            OffsetA = -a.ZeroPoint,
            OffsetB = -b.ZeroPoint,
            OffsetOut = y.ZeroPoint,
            Multiplier = fixedPoint.Value,
            Shift = fixedPoint.Exponent,
            Factor = factor,
            Min = op.Min,
            Max = op.Max,
        }, inPlaceInput: a.Element != y.Element ? -1 : a.Shape.Equals(y.Shape) ? 0 : b.Shape.Equals(y.Shape) ? 1 : -1);
    }
}
