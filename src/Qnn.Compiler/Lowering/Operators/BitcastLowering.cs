using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>It costs nothing: the result is its operand's memory.</summary>
internal sealed class BitcastLowering : OperatorLowering<Bitcast>
{
    protected override void Lower(Bitcast op, Node node, LoweringContext context) => context.Alias(node.Output, node.Input(0));
}
