using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class ScaledSumsLowering : OperatorLowering<ScaledSums>
{
    protected override void Lower(ScaledSums op, Node node, LoweringContext context) =>
        context.Step(OpCode.ScaledSums, node.Location.Node, [.. node.Inputs.Select(context.Tensor)], [.. node.Outputs.Select(o => context.Tensor(o))], new ScaledSumsParameters { Fused = op.IsFused ? 1 : 0 });
}
