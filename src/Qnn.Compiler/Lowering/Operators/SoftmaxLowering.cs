using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class SoftmaxLowering : OperatorLowering<Softmax>
{
    protected override void Lower(Softmax op, Node node, LoweringContext context) =>
        context.Step(OpCode.Softmax, node, new RowNormalizationParameters { Function = (int)op.Function, Beta = op.Beta });
}
