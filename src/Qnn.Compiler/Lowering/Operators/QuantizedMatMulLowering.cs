using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class QuantizedMatMulLowering : OperatorLowering<QuantizedMatMul>
{
    protected override void Lower(QuantizedMatMul op, Node node, LoweringContext context)
    {
        var (low, high) = op.Multiplier == 0 ? (0, 0) : IntegerRange.Of(op.Output);
        context.Step(OpCode.QuantizedMatMul, node, new QuantizedMatMulParameters { Multiplier = op.Multiplier, ZeroPoint = op.ZeroPoint, Minimum = (int)low, Maximum = (int)high });
    }
}
