using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class CompareLowering : OperatorLowering<Compare>
{
    protected override void Lower(Compare op, Node node, LoweringContext context) =>
        context.Step(OpCode.Compare, node, new CompareParameters { Kind = (int)op.Kind });
}
