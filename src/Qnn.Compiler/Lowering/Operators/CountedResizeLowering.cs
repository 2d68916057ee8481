using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class CountedResizeLowering : OperatorLowering<CountedResize>
{
    protected override void Lower(CountedResize op, Node node, LoweringContext context) =>
        context.Step(OpCode.CountedResize, node, new CountedResizeParameters { Mode = op.Mode, Coordinates = op.Coordinates, Nearest = op.Nearest, Cubic = op.Cubic });
}
