using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Both factors are computed in float, as TensorFlow Lite does.</summary>
internal sealed class QuantizedPReluLowering : OperatorLowering<QuantizedPRelu>
{
    protected override void Lower(QuantizedPRelu op, Node node, LoweringContext context)
    {
        var (x, alpha, y) = (node.Input(0).Type, node.Input(1).Type, node.Output.Type);
        var (positive, negative) = (FixedPointMultiplier.From(x.Scale / y.Scale), FixedPointMultiplier.From(x.Scale * alpha.Scale / y.Scale));
        var (min, max) = IntegerRange.Of(y.Element);
        context.Step(OpCode.QuantizedPRelu, node, new QuantizedPReluParameters
        {
            OffsetIn = -x.ZeroPoint,
            OffsetAlpha = -alpha.ZeroPoint,
            OffsetOut = y.ZeroPoint,
            PositiveMultiplier = positive.Value,
            PositiveShift = positive.Exponent,
            NegativeMultiplier = negative.Value,
            NegativeShift = negative.Exponent,
            Min = min,
            Max = max,
        }, inPlaceInput: 0);
    }
}
