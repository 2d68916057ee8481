using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class ScatterNdLowering : OperatorLowering<ScatterNd>
{
    protected override void Lower(ScatterNd op, Node node, LoweringContext context) =>
        context.Step(OpCode.ScatterNd, node, new ScatterNdParameters { Reduction = op.Reduction });
}
