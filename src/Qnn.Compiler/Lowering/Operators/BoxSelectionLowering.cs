using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Detection;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class BoxSelectionLowering : OperatorLowering<BoxSelection>
{
    protected override void Lower(BoxSelection op, Node node, LoweringContext context) => context.Step(OpCode.BoxSelection, node, new BoxSelectionParameters
    {
        Most = op.Most,
        Centers = op.Centers ? 1 : 0,
        Overlap = op.Overlap,
        HasThreshold = op.Threshold is null ? 0 : 1,
        Threshold = op.Threshold ?? 0,
    });
}
