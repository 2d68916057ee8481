using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step, in place where the operand is not needed any more.</summary>
internal sealed class UnaryLowering : OperatorLowering<Unary>
{
    protected override void Lower(Unary op, Node node, LoweringContext context) =>
        context.Step(OpCode.Unary, node, new UnaryParameters { Kind = (int)op.Kind, Alpha = op.Alpha, Beta = op.Beta }, inPlaceInput: 0);
}
