using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A copy: the variable may be written before the last use of what it held.</summary>
internal sealed class ReadVariableLowering : OperatorLowering<ReadVariable>
{
    protected override void Lower(ReadVariable op, Node node, LoweringContext context) =>
        context.Step(OpCode.Copy, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)]);
}
