using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Detection;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class DetectionPostProcessLowering : OperatorLowering<DetectionPostProcess>
{
    protected override void Lower(DetectionPostProcess op, Node node, LoweringContext context) => context.Step(OpCode.DetectionPostProcess, node, new DetectionPostProcessParameters
    {
        Classes = op.Classes,
        MaxDetections = op.MaxDetections,
        MaxClassesPerDetection = op.MaxClassesPerDetection,
        DetectionsPerClass = op.DetectionsPerClass,
        Regular = op.Regular ? 1 : 0,
        ScoreThreshold = op.ScoreThreshold,
        OverlapThreshold = op.OverlapThreshold,
        ScaleY = op.ScaleY,
        ScaleX = op.ScaleX,
        ScaleHeight = op.ScaleHeight,
        ScaleWidth = op.ScaleWidth,
    });
}
