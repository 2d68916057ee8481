using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step, in place of an operand that is as large as the result and not needed any more.</summary>
internal sealed class BinaryLowering : OperatorLowering<Binary>
{
    protected override void Lower(Binary op, Node node, LoweringContext context)
    {
        int inPlace = node.Input(0).Type.Shape.Equals(node.Output.Type.Shape) ? 0 : 1;
        context.Step(OpCode.Binary, node, new BinaryParameters { Kind = (int)op.Kind, Min = op.Min, Max = op.Max }, inPlace);
    }
}
