using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class LogSoftmaxLowering : OperatorLowering<LogSoftmax>
{
    protected override void Lower(LogSoftmax op, Node node, LoweringContext context) =>
        context.Step(OpCode.LogSoftmax, node, new RowNormalizationParameters { Function = (int)RowFunction.LogSoftmax });
}
