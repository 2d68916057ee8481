using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Integers of one scale to integers of another: real y = real x; y = clamp(round((x - x's zero point) * m) + OutputZeroPoint, Minimum, Maximum),
/// m being the multiplier (input scale / output scale) of the element's channel, its index on the last axis, and the rounding what <paramref name="Arithmetic"/> says.
/// Operand: x (int32 accumulator, int16, int8 or uint8). By itself, or as the epilogue of a convolution or dense layer.
/// </summary>
/// <param name="Arithmetic">The framework's arithmetic.</param>
/// <param name="Multipliers">One, or one for each index of the last axis. For the float arithmetic, exactly the float32 numbers to multiply by.</param>
/// <param name="Output">Element type of the result: int16, int8 or uint8.</param>
/// <param name="OutputZeroPoint">Zero point of the result.</param>
/// <param name="Minimum">The least result: the type's, or the fused activation's.</param>
/// <param name="Maximum">The greatest result.</param>
/// <param name="FloatBias">For the arithmetics with a float bias: exactly the float32 numbers to add, one for each index of the last axis.</param>
/// <param name="Reciprocal">For <see cref="RequantizeArithmetic.Float32Stepped"/>: that of the result's scale; the multipliers leave it out, and the zero point is added before rounding.</param>
internal sealed record Requantize(RequantizeArithmetic Arithmetic, Doubles Multipliers, ElementType Output, int OutputZeroPoint, int Minimum, int Maximum, Doubles? FloatBias = null, float Reciprocal = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.requantize";

    /// <inheritdoc/>
    public override bool IsElementwise => Multipliers.Count == 1;

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis < outputs[0].Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.S32 or ElementType.S16 or ElementType.S8 or ElementType.U8, $"does not take {data}");
        CheckFor(data.Shape);
        return [new TensorType(Output, data.Shape)];
    }

    /// <summary>Checks the attributes against the shape that they are applied to.</summary>
    public void CheckFor(Shape shape)
    {
        var (low, high) = Output switch
        {
            ElementType.U8 => (0, 255),
            ElementType.S8 => (-128, 127),
            ElementType.S16 => (-32768, 32767),
            _ => throw new TypeException($"{Mnemonic}: does not make {Output.Name()}."),
        };
        Require(Arithmetic != RequantizeArithmetic.None, "no arithmetic");
        Require(Multipliers.Count == 1 || shape.Rank > 0 && Multipliers.Count == shape[-1], $"{Multipliers.Count} multipliers for {shape}");
        Require(Multipliers.All(m => double.IsFinite(m) && m >= 0), "a multiplier is not a finite number");
        Require(FloatBias is null == Arithmetic is not (RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped), "a float bias, or none");
        Require(Arithmetic == RequantizeArithmetic.Float32Stepped ? float.IsFinite(Reciprocal) && Reciprocal > 0 : Reciprocal == 0, "a reciprocal, or none");
        Require(FloatBias is null || FloatBias.All(double.IsFinite) && (FloatBias.Count == 1 || shape.Rank > 0 && FloatBias.Count == shape[-1]), "bad float biases");
        Require(low <= Minimum && Minimum <= Maximum && Maximum <= high, $"clamps {Output.Name()} to {Minimum}..{Maximum}");
        Require(low <= OutputZeroPoint && OutputZeroPoint <= high, $"zero point {OutputZeroPoint} of {Output.Name()}");
    }
}
