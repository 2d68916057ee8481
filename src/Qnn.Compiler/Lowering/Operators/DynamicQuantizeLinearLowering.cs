using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class DynamicQuantizeLinearLowering : OperatorLowering<DynamicQuantizeLinear>
{
    protected override void Lower(DynamicQuantizeLinear op, Node node, LoweringContext context) =>
        context.Step(OpCode.DynamicQuantizeLinear, node.Location.Node, [.. node.Inputs.Select(context.Tensor)], [.. node.Outputs.Select(o => context.Tensor(o))]);
}
