using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class L2NormalizeLowering : OperatorLowering<L2Normalize>
{
    protected override void Lower(L2Normalize op, Node node, LoweringContext context) =>
        context.Step(OpCode.L2Normalize, node, new RowNormalizationParameters { Function = (int)RowFunction.L2Normalize });
}
