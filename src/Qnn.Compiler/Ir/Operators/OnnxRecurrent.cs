using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// One direction of an LSTM, GRU or RNN of ONNX; see <see cref="OnnxCell"/> for the formulas. The products of the state: float weights fused, in runs whose sums join the gates one by one;
/// 8-bit weights with the states of the batch quantized together, as <see cref="DynamicQuantizeLinear"/> does, the exact sum times (scale * weight scale).
/// Operands: the inputs' products f32[T,B,G*H]; lengths s32[B] (optional); state f32[B,H]; cells f32[B,H] (LSTM); weights f32, s8 or u8 [G*H,H], constant;
/// biases f32[G*H], for a GRU that is linear before the reset f32[G*H+H], constant (optional); peepholes f32[3*H], constant (optional).
/// Results: states f32[T,B,H], last state f32[B,H], last cells f32[B,H] (LSTM).
/// </summary>
/// <param name="Cell">The cell.</param>
/// <param name="Reverse">Whether sequences are taken from their end.</param>
/// <param name="First">The activation f.</param>
/// <param name="Second">The activation g.</param>
/// <param name="Third">The activation of an LSTM's cells.</param>
/// <param name="Clip">The greatest magnitude of what an activation takes.</param>
/// <param name="InputForget">Whether an LSTM's forget gate is 1 less its input gate.</param>
/// <param name="FusedRun">How many products of float weights make a run.</param>
internal sealed record OnnxRecurrent(OnnxCell Cell, bool Reverse, OnnxActivation First, OnnxActivation Second, OnnxActivation Third, float Clip, bool InputForget, int FusedRun) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "onnx_recurrent";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (products, state, weights) = (Required(inputs, 0), Required(inputs, 2), Required(inputs, 4));
        Require(products.Element == ElementType.F32 && products.Shape.Rank == 3, $"does not take products {products}");
        int batches = products.Shape[1];
        Require(state.Element == ElementType.F32 && state.Shape.Rank == 2 && state.Shape[0] == batches && state.Shape[1] > 0, $"does not take state {state}");
        int hidden = state.Shape[1], width = Cell.Gates() * hidden;
        Require(products.Shape[2] == width, $"does not take products {products} of state {state}");
        Require(inputs[1] is null or { Element: ElementType.S32, Shape.Rank: 1 } && (inputs[1]?.Shape[0] ?? batches) == batches, "does not take the lengths");
        Require(weights.Element == ElementType.F32 || weights.Element is ElementType.S8 or ElementType.U8 && weights.Quantization is { Axis: -1 or 0 } && Cell == OnnxCell.Lstm && inputs[1] is null, $"does not take weights {weights}");
        Require(weights.Shape.Equals(new Shape(width, hidden)), $"does not take weights {weights} of state {state}");
        int biases = Cell == OnnxCell.GruLinearBeforeReset ? width + hidden : width;
        Require(inputs[5] is null or { Element: ElementType.F32 } && (inputs[5]?.Shape.ElementCount ?? biases) == biases, $"does not take biases {inputs[5]}");
        Require(inputs[6] is null or { Element: ElementType.F32 } && (inputs[6]?.Shape.ElementCount ?? 3 * hidden) == 3 * hidden, $"does not take peepholes {inputs[6]}");
        var last = new TensorType(ElementType.F32, state.Shape);
        var all = new TensorType(ElementType.F32, new Shape(products.Shape[0], batches, hidden));
        if (Cell != OnnxCell.Lstm) return [all, last];
        Require(Required(inputs, 3) is { Element: ElementType.F32 } cells && cells.Shape.Equals(state.Shape), "does not take the cells");
        return [all, last, last];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)Required(inputs, 0).Shape.ElementCount * Required(inputs, 2).Shape[1];
}
