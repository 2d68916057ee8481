using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The value becomes the bytes of an element.</summary>
internal sealed class PadLowering : OperatorLowering<Pad>
{
    protected override void Lower(Pad op, Node node, LoweringContext context) =>
        context.Step(OpCode.Pad, node, new PadParameters { Before = Dims.From(op.Before.Span), Value = op.ValueBits(node.Output.Type.Element) });
}
