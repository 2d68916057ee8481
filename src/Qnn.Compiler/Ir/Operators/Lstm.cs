using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Float LSTM over a sequence. With gates i, f, g, o, each Wx x + Wh h + p c + b, layer-normalised where it has weights for that:
/// c = σ(f) c + σ(i) act(g), h = σ(o) act(c), then the projection. Without input weights, σ(i) is 1 - σ(f). int8 weights take their vector quantized at run time.
/// The operands are those of UNIDIRECTIONAL_SEQUENCE_LSTM, in its order, f32 but for int8 weights; 18 (output state) and 19 (cell state) are variables.
/// </summary>
/// <param name="TimeMajor">Whether the data's axes are time, batch, features; else batch, time, features.</param>
/// <param name="Activation">act.</param>
/// <param name="Asymmetric">Whether run-time quantization chooses zero points.</param>
/// <param name="CellClip">Bounds c; 0 for none.</param>
/// <param name="ProjectionClip">Bounds the projection; 0 for none.</param>
internal sealed record Lstm(bool TimeMajor, RecurrentActivation Activation, bool Asymmetric, float CellClip, float ProjectionClip) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "lstm";

    /// <inheritdoc/>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override bool Updates(int operand) => operand is LstmOperands.OutputState or LstmOperands.CellState;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs) =>
        [new TensorType(ElementType.F32, LstmOperands.Check(Mnemonic, inputs, ElementType.F32, [ElementType.F32, ElementType.S8], ElementType.F32, ElementType.F32, ElementType.F32, ElementType.F32))];

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => LstmOperands.MultiplyAdds(inputs);
}
