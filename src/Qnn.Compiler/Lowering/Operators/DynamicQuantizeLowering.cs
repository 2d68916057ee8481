using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class DynamicQuantizeLowering : OperatorLowering<DynamicQuantize>
{
    protected override void Lower(DynamicQuantize op, Node node, LoweringContext context) =>
        context.Step(OpCode.DynamicQuantize, node, new DynamicQuantizeParameters { Asymmetric = op.Asymmetric ? 1 : 0, TorchRange = op.TorchRange, Xnnpack = op.Xnnpack ? 1 : 0, ByReciprocal = op.ByReciprocal ? 1 : 0, Fused = op.Fused ? 1 : 0 });
}
