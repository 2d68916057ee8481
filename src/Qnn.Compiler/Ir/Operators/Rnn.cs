using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Basic recurrent layer over a sequence: h = act(b + W x + R h), the sums in this order. int8 weights take their vector quantized at run time.
/// Operands: data f32 (three axes), W f32 or s8 [U, I] and R f32 or s8 [U, U], constant; b f32[U], constant; h f32[B, U], a variable.
/// </summary>
/// <param name="TimeMajor">Whether the data's axes are time, batch, features; else batch, time, features.</param>
/// <param name="Activation">act.</param>
/// <param name="Asymmetric">Whether run-time quantization chooses zero points.</param>
internal sealed record Rnn(bool TimeMajor, RecurrentActivation Activation, bool Asymmetric) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "rnn";

    /// <inheritdoc/>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override bool Updates(int operand) => operand == 4;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights, recurrent, bias, state) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2), Required(inputs, 3), Required(inputs, 4));
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 3, $"does not take {data}");
        Require(weights.Element is ElementType.F32 or ElementType.S8 && weights.Shape.Rank == 2 && weights.Shape[1] == data.Shape[2], $"does not take weights {weights}");
        int units = weights.Shape[0];
        Require(recurrent.Element is ElementType.F32 or ElementType.S8 && recurrent.Shape.Equals(new Shape(units, units)), $"does not take recurrent weights {recurrent}");
        Require(bias.Element == ElementType.F32 && bias.Shape.ElementCount == units, $"does not take bias {bias}");
        Require(state.Element == ElementType.F32 && state.Shape.ElementCount == (long)data.Shape[TimeMajor ? 1 : 0] * units, $"does not keep {state}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], data.Shape[1], units))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs)
    {
        var shape = Required(inputs, 0).Shape;
        return (long)shape[0] * shape[1] * (Required(inputs, 1).Shape.ElementCount + Required(inputs, 2).Shape.ElementCount);
    }
}
