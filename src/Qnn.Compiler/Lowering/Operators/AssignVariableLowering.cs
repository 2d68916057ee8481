using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A copy into the variable; the result is another name of the data.</summary>
internal sealed class AssignVariableLowering : OperatorLowering<AssignVariable>
{
    protected override void Lower(AssignVariable op, Node node, LoweringContext context)
    {
        context.Step(OpCode.Copy, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Input(1))]);
        context.Alias(node.Output, node.Input(0));
    }
}
