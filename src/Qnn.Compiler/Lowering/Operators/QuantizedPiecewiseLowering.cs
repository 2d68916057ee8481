using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Factors become fixed-point.</summary>
internal sealed class QuantizedPiecewiseLowering : OperatorLowering<QuantizedPiecewise>
{
    protected override void Lower(QuantizedPiecewise op, Node node, LoweringContext context)
    {
        var (positive, negative) = (FixedPointMultiplier.From(op.PositiveFactor), FixedPointMultiplier.From(op.NegativeFactor));
        context.Step(OpCode.QuantizedPiecewise, node, new QuantizedPiecewiseParameters
        {
            OffsetIn = -node.Input(0).Type.ZeroPoint,
            OffsetOut = node.Output.Type.ZeroPoint,
            PositiveMultiplier = positive.Value,
            PositiveShift = positive.Exponent,
            NegativeMultiplier = negative.Value,
            NegativeShift = negative.Exponent,
            Min = op.Min,
            Max = op.Max,
        }, inPlaceInput: node.Input(0).Type.Element.Size() == op.Element.Size() ? 0 : -1);
    }
}
