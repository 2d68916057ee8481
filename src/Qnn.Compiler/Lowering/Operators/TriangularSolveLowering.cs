using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class TriangularSolveLowering : OperatorLowering<TriangularSolve>
{
    protected override void Lower(TriangularSolve op, Node node, LoweringContext context) => context.Step(OpCode.TriangularSolve, node, default(TriangularSolveParameters));
}
