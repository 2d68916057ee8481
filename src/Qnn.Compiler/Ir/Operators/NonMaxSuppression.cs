using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Selects boxes by score, passing over those whose intersection over union with a selected one reaches the threshold; with a sigma (soft suppression)
/// overlap o multiplies a score by exp(-o^2 / (2 sigma)) instead. Operands: boxes f32[N, 4], scores f32[N], the most to select (int32), overlap threshold, score threshold, sigma (optional).
/// Results: indices s32[Places], scores f32[Places] where there is a sigma, count (int32 scalar). Places beyond the count are 0.
/// </summary>
/// <param name="Places">Places for results.</param>
internal sealed record NonMaxSuppression(int Places) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "non_max_suppression";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (boxes, scores) = (Required(inputs, 0), Required(inputs, 1));
        Require(boxes.Element == ElementType.F32 && scores.Element == ElementType.F32 && boxes.Shape.ElementCount == 4L * scores.Shape.ElementCount && scores.Shape.ElementCount < 1 << 24, $"does not take {boxes} with {scores}");
        Require(Required(inputs, 2) is { Element: ElementType.S32, Shape.ElementCount: 1 }, "the count to select is malformed");
        for (int i = 3; i < inputs.Count; i++) Require(Required(inputs, i) is { Element: ElementType.F32, Shape.ElementCount: 1 }, "a threshold is malformed");
        Require(inputs.Count is 5 or 6 && Places >= 0, "the operands are malformed");
        var indices = new TensorType(ElementType.S32, new Shape(Places));
        var count = new TensorType(ElementType.S32, Shape.Scalar);
        return inputs.Count == 6 ? [indices, new TensorType(ElementType.F32, new Shape(Places)), count] : [indices, count];
    }
}
