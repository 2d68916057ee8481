using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class NonZeroLowering : OperatorLowering<NonZero>
{
    protected override void Lower(NonZero op, Node node, LoweringContext context) =>
        context.Step(OpCode.NonZero, node.Location.Node, [.. node.Inputs.Select(context.Tensor)], [.. node.Outputs.Select(o => context.Tensor(o))]);
}
