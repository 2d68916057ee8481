using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>TensorFlow Lite's Prepare of SQUARED_DIFFERENCE.</summary>
internal sealed class QuantizedSquaredDifferenceLowering : OperatorLowering<QuantizedSquaredDifference>
{
    protected override void Lower(QuantizedSquaredDifference op, Node node, LoweringContext context)
    {
        var (a, b, y) = (node.Input(0).Type, node.Input(1).Type, node.Output.Type);
        double twiceMax = 2.0 * Math.Max(a.Scale, b.Scale);
        var (factorA, factorB) = (FixedPointMultiplier.From(a.Scale / twiceMax), FixedPointMultiplier.From(b.Scale / twiceMax));
        var factorOut = FixedPointMultiplier.From(twiceMax * twiceMax / ((1 << 14) * y.Scale));
        var (min, max) = IntegerRange.Of(y.Element);
        context.Step(OpCode.QuantizedSquaredDifference, node, new QuantizedSquaredDifferenceParameters
        {
            OffsetA = -a.ZeroPoint,
            MultiplierA = factorA.Value,
            ShiftA = factorA.Exponent,
            OffsetB = -b.ZeroPoint,
            MultiplierB = factorB.Value,
            ShiftB = factorB.Exponent,
            OffsetOut = y.ZeroPoint,
            MultiplierOut = factorOut.Value,
            ShiftOut = factorOut.Exponent,
            Min = min,
            Max = max,
        });
    }
}
