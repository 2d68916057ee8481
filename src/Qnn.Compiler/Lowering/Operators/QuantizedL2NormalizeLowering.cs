using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class QuantizedL2NormalizeLowering : OperatorLowering<QuantizedL2Normalize>
{
    protected override void Lower(QuantizedL2Normalize op, Node node, LoweringContext context) =>
        context.Step(OpCode.QuantizedL2Normalize, node, new QuantizedL2NormalizeParameters { InputZeroPoint = node.Input(0).Type.ZeroPoint });
}
