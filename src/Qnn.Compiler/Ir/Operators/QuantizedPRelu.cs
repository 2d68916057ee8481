using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// x for x >= 0, else alpha * x: with v = x - zx, y = clamp(round(v * (sx / sy)) + zy) or clamp(round(v * (alpha - za) * (sx * sa / sy)) + zy), in TensorFlow Lite's fixed-point arithmetic.
/// Operands: x, alpha of int8 or uint8; alpha broadcasts to x's shape.
/// </summary>
internal sealed record QuantizedPRelu : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.prelu";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (x, alpha) = (Required(inputs, 0), Required(inputs, 1));
        Require(x.Element == alpha.Element && x.Element is ElementType.U8 or ElementType.S8, $"operands are {x.Element.Name()} and {alpha.Element.Name()}");
        Require(x.Quantization is { IsPerChannel: false } && alpha.Quantization is { IsPerChannel: false }, "operands need one scale each");
        Require(x.Shape.Equals(Shape.Broadcast(x.Shape, alpha.Shape)), $"alpha of shape {alpha.Shape} does not broadcast to {x.Shape}");
        return [new TensorType(x.Element, x.Shape)];
    }
}
