using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A reshape costs nothing: the result is its operand's memory.</summary>
internal sealed class ReshapeLowering : OperatorLowering<Reshape>
{
    protected override void Lower(Reshape op, Node node, LoweringContext context) => context.Alias(node.Output, node.Input(0));
}
