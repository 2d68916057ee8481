using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// One direction of one recurrent layer of PyTorch; see <see cref="RecurrentCell"/> for the formulas. The state's gates are b = W h + bias: with int8 weights the whole state is quantized first,
/// as <see cref="DynamicQuantize"/> with a TorchRange does, and b = sum * (scale * weight scale) + bias; with float weights b = (fused sum in order) + bias.
/// Operands: the inputs' gates f32[T,B,G*H], state f32[B,H], cells f32[B,H] (LSTM), weights s8 or f32[G*H,H], constant; bias f32[G*H], constant (optional);
/// lengths s64[B] (optional): from its length on a sequence takes no part, its state stays, and its states are 0.
/// Results: states f32[T,B,H], last state f32[B,H], last cells f32[B,H] (LSTM).
/// </summary>
/// <param name="Cell">The cell.</param>
/// <param name="Reverse">Whether the sequence is taken from its end.</param>
/// <param name="TorchRange">The greatest integer that a state is spread over, 255 or 127; 0 for float weights.</param>
/// <param name="Fused">Whether the bias is added before the product is rounded, as FBGEMM does.</param>
/// <param name="ByReciprocal">Whether the state's scale goes by its reciprocal, as oneDNN takes it.</param>
internal sealed record DynamicRecurrent(RecurrentCell Cell, bool Reverse, int TorchRange, bool Fused, bool ByReciprocal = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.dynamic_recurrent";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (gates, state, weights) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 3));
        Require(gates.Element == ElementType.F32 && gates.Shape.Rank == 3, $"does not take gates {gates}");
        Require(state.Element == ElementType.F32 && state.Shape.Rank == 2 && state.Shape[0] == gates.Shape[1] && state.Shape[1] > 0, $"does not take state {state}");
        int hidden = state.Shape[1], width = Cell.Gates() * hidden;
        Require(gates.Shape[2] == width, $"does not take gates {gates} of state {state}");
        Require(TorchRange > 0 ? weights.Element == ElementType.S8 && weights.Quantization is { Axis: -1 or 0 } : weights.Element == ElementType.F32, $"does not take weights {weights}");
        Require(weights.Shape.Equals(new Shape(width, hidden)), $"does not take weights {weights} of state {state}");
        var bias = inputs.Count > 4 ? inputs[4] : null;
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == width, $"does not take bias {bias}");
        var lengths = inputs.ElementAtOrDefault(5);
        Require(lengths is null || lengths.Element == ElementType.S64 && lengths.Shape.ElementCount == state.Shape[0], $"does not take lengths {lengths}");
        var last = new TensorType(ElementType.F32, state.Shape);
        var all = new TensorType(ElementType.F32, new Shape(gates.Shape[0], gates.Shape[1], hidden));
        if (Cell != RecurrentCell.Lstm) return [all, last];
        Require(Required(inputs, 2) is { Element: ElementType.F32 } cells && cells.Shape.Equals(state.Shape), "does not take the cells");
        return [all, last, last];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)Required(inputs, 0).Shape.ElementCount * Required(inputs, 1).Shape[1];
}
