using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// ONNX's NonMaxSuppression: of each image and class, boxes by falling scores, passing over those whose intersection over union with a selected one exceeds a threshold.
/// Operands: boxes f32[B, N, 4], scores f32[B, C, N], how many boxes an image has (int64 scalar; absent: N). Results: rows (image, class, box) s64[B * C * min(Most, N), 3], those beyond the selected ones -1; count s64.
/// </summary>
/// <param name="Most">The most boxes to select for a class.</param>
/// <param name="Overlap">The threshold.</param>
/// <param name="Threshold">What a score must exceed; null for any score.</param>
/// <param name="Centers">Whether boxes are (x, y, width, height) around their centres rather than two corners (y, x).</param>
internal sealed record BoxSelection(int Most, float Overlap, float? Threshold, bool Centers) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "box_selection";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (boxes, scores) = (Required(inputs, 0), Required(inputs, 1));
        Require(boxes.Element == ElementType.F32 && scores.Element == ElementType.F32 && boxes.Shape.Rank == 3 && scores.Shape.Rank == 3, $"does not take {boxes} with {scores}");
        Require(boxes.Shape[0] == scores.Shape[0] && boxes.Shape[1] == scores.Shape[2] && boxes.Shape[2] == 4 && scores.Shape[2] < 1 << 24, $"does not take {boxes} with {scores}");
        Require(Most >= 0, "selects less than none");
        Require(inputs.Count < 3 || inputs[2] is null or { Element: ElementType.S64, Shape.ElementCount: 1 }, "the count is malformed");
        return [new TensorType(ElementType.S64, new Shape(Places(scores.Shape), 3)), new TensorType(ElementType.S64, Shape.Scalar)];
    }

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => (operand, axis) is (0, 1) or (1, 2) ? Dropped : null;

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs) => result == 1 ? Bounds.Of(0, Places(Required(inputs, 1).Shape)) : null;

    private int Places(Shape scores) => checked(scores[0] * scores[1] * Math.Min(Most, scores[2]));
}
