using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The factor of a quotient is computed in float, as TensorFlow Lite does.</summary>
internal sealed class QuantizedDivLowering : OperatorLowering<QuantizedDiv>
{
    protected override void Lower(QuantizedDiv op, Node node, LoweringContext context)
    {
        var (a, b, y) = (node.Input(0).Type, node.Input(1).Type, node.Output.Type);
        var factor = FixedPointMultiplier.From(a.Scale / (b.Scale * y.Scale));
        context.Step(OpCode.QuantizedDiv, node, new QuantizedDivParameters
        {
            OffsetA = -a.ZeroPoint,
            OffsetB = -b.ZeroPoint,
            OffsetOut = y.ZeroPoint,
            Multiplier = factor.Value,
            Shift = factor.Exponent,
            Min = op.Min,
            Max = op.Max,
        });
    }
}
