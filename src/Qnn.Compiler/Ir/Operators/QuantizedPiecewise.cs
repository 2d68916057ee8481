using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// With v = x - zx: y = clamp(round(v * (v &gt;= 0 ? PositiveFactor : NegativeFactor)) + zy, Min, Max), rounded as TensorFlow Lite's MultiplyByQuantizedMultiplier does.
/// Relu, leaky relu, absolute value and requantization of wide integers. Operand: x (int16 or int32).
/// </summary>
/// <param name="Element">The result's element type: uint8, int8, int16 or int32.</param>
/// <param name="PositiveFactor">The factor where v is not negative.</param>
/// <param name="NegativeFactor">The factor where v is negative.</param>
/// <param name="Min">The least result.</param>
/// <param name="Max">The greatest result.</param>
internal sealed record QuantizedPiecewise(ElementType Element, double PositiveFactor, double NegativeFactor, int Min, int Max) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.piecewise";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.S16 or ElementType.S32 && Element is ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.S32, $"does not make {Element.Name()} of {data.Element.Name()}");
        Require(Min <= Max, "the range of results is empty");
        return [new TensorType(Element, data.Shape)];
    }
}
