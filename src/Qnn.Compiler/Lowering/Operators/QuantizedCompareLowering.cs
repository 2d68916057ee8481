using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Scales become fixed-point.</summary>
internal sealed class QuantizedCompareLowering : OperatorLowering<QuantizedCompare>
{
    protected override void Lower(QuantizedCompare op, Node node, LoweringContext context)
    {
        var (a, b) = (node.Input(0).Type, node.Input(1).Type);
        var (factorA, factorB) = (FixedPointMultiplier.From(a.Scale), FixedPointMultiplier.From(b.Scale));
        context.Step(OpCode.QuantizedCompare, node, new QuantizedCompareParameters
        {
            Kind = op.Kind,
            OffsetA = -a.ZeroPoint,
            MultiplierA = factorA.Value,
            ShiftA = factorA.Exponent,
            OffsetB = -b.ZeroPoint,
            MultiplierB = factorB.Value,
            ShiftB = factorB.Exponent,
        });
    }
}
