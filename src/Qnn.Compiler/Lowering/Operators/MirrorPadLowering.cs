using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class MirrorPadLowering : OperatorLowering<MirrorPad>
{
    protected override void Lower(MirrorPad op, Node node, LoweringContext context) =>
        context.Step(OpCode.MirrorPad, node, new MirrorPadParameters { Before = Dims.From(op.Before.Span), Reflect = op.Reflect ? 1 : 0 });
}
