using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// One direction of one float recurrent layer of PyTorch; see <see cref="RecurrentCell"/> for the formulas, whose b is W h + bias. With a projection R the next state is R times the cell's.
/// Operands: the inputs' gates f32[T,B,G*H], state f32[B,P], cells f32[B,H] (LSTM), weights f32[G*H,P], constant; bias f32[G*H], constant (optional, but for oneDNN's LSTM); projection f32[P,H], constant (LSTM, optional; without it P is H);
/// lengths s64[B] (optional): from its length on a sequence takes no part, its state stays, and its states are 0.
/// Results: states f32[T,B,P], last state f32[B,P], last cells f32[B,H] (LSTM).
/// </summary>
/// <param name="Cell">The cell.</param>
/// <param name="Reverse">Whether the sequence is taken from its end.</param>
/// <param name="Order">The order of the state's products: runs of fused ones, or a <see cref="MatMulOrder"/> of MKL's.</param>
/// <param name="ProjectionOrder">The order of the projection's products; 0 without one.</param>
internal sealed record FloatRecurrent(RecurrentCell Cell, bool Reverse, int Order, int ProjectionOrder = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "float_recurrent";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (gates, state, weights) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 3));
        Require(gates.Element == ElementType.F32 && gates.Shape.Rank == 3 && gates.Shape[2] % Cell.Gates() == 0, $"does not take gates {gates}");
        int batches = gates.Shape[1], width = gates.Shape[2], hidden = width / Cell.Gates();
        Require(state.Element == ElementType.F32 && state.Shape.Rank == 2 && state.Shape[0] == batches && state.Shape[1] > 0, $"does not take state {state}");
        Require(weights.Element == ElementType.F32 && weights.Shape.Equals(new Shape(width, state.Shape[1])), $"does not take weights {weights} of state {state}");
        var bias = inputs.ElementAtOrDefault(4);
        Require(bias is null || bias.Element == ElementType.F32 && bias.Shape.ElementCount == width, $"does not take bias {bias}");
        Require(bias is not null || Cell != RecurrentCell.OneDnnLstm, "lacks the bias");
        var projection = inputs.ElementAtOrDefault(5);
        Require((projection is null) == (ProjectionOrder == 0) && (projection is null ? state.Shape[1] == hidden : Cell == RecurrentCell.Lstm && projection.Element == ElementType.F32 && projection.Shape.Equals(new Shape(state.Shape[1], hidden))), $"does not take projection {projection} of state {state}");
        var lengths = inputs.ElementAtOrDefault(6);
        Require(lengths is null || lengths.Element == ElementType.S64 && lengths.Shape.ElementCount == batches, $"does not take lengths {lengths}");
        var last = new TensorType(ElementType.F32, state.Shape);
        var all = new TensorType(ElementType.F32, new Shape(gates.Shape[0], batches, state.Shape[1]));
        if (!Cell.HasCells()) return [all, last];
        Require(Required(inputs, 2) is { Element: ElementType.F32 } cells && cells.Shape.Equals(new Shape(batches, hidden)), "does not take the cells");
        return [all, last, new TensorType(ElementType.F32, new Shape(batches, hidden))];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)Required(inputs, 0).Shape.ElementCount * Required(inputs, 1).Shape[1];
}
