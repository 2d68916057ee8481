using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// TFLite_Detection_PostProcess. A box code (y, x, h, w) and an anchor (y, x, h, w) make a box with its centre at code / scale * anchor extent + anchor centre
/// and the extent exp(code / scale) * anchor extent. Boxes that overlap a better one by more than OverlapThreshold (intersection over union) are passed over:
/// once for all classes, by the best score of each box, or class by class. Operands: codes f32[1, N, 4...], scores f32[1, N, C or C + 1 with a background first], anchors f32[N, 4].
/// Results: boxes (top, left, bottom, right), classes, scores, count, all float32, MaxDetections * MaxClassesPerDetection places; those beyond the count are 0.
/// </summary>
/// <param name="Classes">Classes, without the background.</param>
/// <param name="MaxDetections">The most boxes in all.</param>
/// <param name="MaxClassesPerDetection">Classes that each box gives, when suppressed once.</param>
/// <param name="DetectionsPerClass">The most boxes of a class, when suppressed class by class.</param>
/// <param name="Regular">Whether to suppress class by class.</param>
/// <param name="ScoreThreshold">The least score that counts.</param>
/// <param name="OverlapThreshold">The most overlap.</param>
/// <param name="ScaleY">Divides y.</param>
/// <param name="ScaleX">Divides x.</param>
/// <param name="ScaleHeight">Divides h.</param>
/// <param name="ScaleWidth">Divides w.</param>
internal sealed record DetectionPostProcess(
    int Classes, int MaxDetections, int MaxClassesPerDetection, int DetectionsPerClass, bool Regular,
    float ScoreThreshold, float OverlapThreshold, float ScaleY, float ScaleX, float ScaleHeight, float ScaleWidth) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "detection_post_process";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (codes, scores, anchors) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(codes.Element == ElementType.F32 && codes.Shape.Rank == 3 && codes.Shape[0] == 1 && codes.Shape[1] > 0 && codes.Shape[2] >= 4, $"does not take box codes {codes}");
        int boxes = codes.Shape[1];
        Require(scores.Element == ElementType.F32 && scores.Shape.Rank == 3 && scores.Shape[0] == 1 && scores.Shape[1] == boxes, $"does not take scores {scores}");
        Require(anchors.Element == ElementType.F32 && anchors.Shape.ElementCount == 4L * boxes, $"does not take anchors {anchors}");
        Require(Classes > 0 && scores.Shape[2] - Classes is 0 or 1, $"{Classes} classes do not fit scores {scores}");
        Require(MaxDetections is > 0 and < 1 << 20 && MaxClassesPerDetection is > 0 and < 1 << 10 && DetectionsPerClass > 0, "a count is out of range");
        Require(boxes < 1 << 22, "the boxes are too many");
        int places = MaxDetections * MaxClassesPerDetection;
        TensorType Floats(params ReadOnlySpan<int> extents) => new(ElementType.F32, new Shape(extents));
        return [Floats(1, places, 4), Floats(1, places), Floats(1, places), Floats(1)];
    }
}
