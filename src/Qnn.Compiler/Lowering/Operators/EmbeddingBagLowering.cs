using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class EmbeddingBagLowering : OperatorLowering<EmbeddingBag>
{
    protected override void Lower(EmbeddingBag op, Node node, LoweringContext context) =>
        context.Step(OpCode.EmbeddingBag, node, new EmbeddingBagParameters { Bits = op.Bits, IncludesLastOffset = op.IncludesLastOffset ? 1 : 0 });
}
