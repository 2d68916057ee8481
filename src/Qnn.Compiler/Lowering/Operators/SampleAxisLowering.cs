using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class SampleAxisLowering : OperatorLowering<SampleAxis>
{
    protected override void Lower(SampleAxis op, Node node, LoweringContext context) =>
        context.Step(OpCode.SampleAxis, node.Location.Node, [.. node.Inputs.Select(context.Tensor)], [.. node.Outputs.Select(o => context.Tensor(o))], multiplyAdds: LoweringContext.MultiplyAdds(node));
}
