using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class LocalResponseNormalizationLowering : OperatorLowering<LocalResponseNormalization>
{
    protected override void Lower(LocalResponseNormalization op, Node node, LoweringContext context) =>
        context.Step(OpCode.LocalResponseNormalization, node, new RowNormalizationParameters { Function = (int)RowFunction.LocalResponse, Radius = op.Radius, Alpha = op.Alpha, Beta = op.Beta, Bias = op.Bias });
}
