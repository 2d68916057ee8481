using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class ReverseSequenceLowering : OperatorLowering<ReverseSequence>
{
    protected override void Lower(ReverseSequence op, Node node, LoweringContext context) =>
        context.Step(OpCode.ReverseSequence, node, new ReverseSequenceParameters { SequenceAxis = op.SequenceAxis, BatchAxis = op.BatchAxis });
}
