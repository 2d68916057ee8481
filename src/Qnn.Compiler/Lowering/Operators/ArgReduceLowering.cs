using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class ArgReduceLowering : OperatorLowering<ArgReduce>
{
    protected override void Lower(ArgReduce op, Node node, LoweringContext context) =>
        context.Step(OpCode.ArgReduce, node, new ArgReduceParameters { Axis = op.Axis, Least = op.Least ? 1 : 0 });
}
