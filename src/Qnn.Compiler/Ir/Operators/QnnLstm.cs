using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// TensorFlow Lite's integer LSTM over a sequence, int8 activations and weights, int16 cell state. With gates i, f, g, o of 3 integer bits, each
/// clamp(rescale(Wx x + b) + rescale(Wh h) + rescale(p c)), layer-normalised where it has weights for that:
/// c = sat(round(σ(f) c) + round(σ(i) tanh(g))); h = rescale(σ(o) tanh(c)); then the projection. σ and tanh are gemmlowp's 16-bit fixed-point functions;
/// without input weights, σ(i) is 1 - σ(f). The operands are those of UNIDIRECTIONAL_SEQUENCE_LSTM, in its order; 18 (output state, s8) and 19 (cell state, s16) are variables.
/// </summary>
/// <param name="TimeMajor">Whether the data's axes are time, batch, features; else batch, time, features.</param>
/// <param name="Multipliers">For each gate i, f, g, o the factors of input, recurrent, peephole and layer normalisation; then the hidden state's and the projection's. 0 where absent.</param>
/// <param name="VarianceGuards">What a gate's variance is taken to be where it is 0.</param>
/// <param name="CellExponent">The cell state's scale is 2^CellExponent.</param>
/// <param name="CellClip">Bounds the cell state, in quanta; 0 for none.</param>
/// <param name="ProjectionClip">Bounds the projection, in quanta; 0 for none.</param>
/// <param name="HiddenZeroPoint">Zero point of h before the projection.</param>
/// <param name="OutputZeroPoint">Zero point of the result.</param>
internal sealed record QnnLstm(bool TimeMajor, Doubles Multipliers, Ints VarianceGuards, int CellExponent, int CellClip, int ProjectionClip, int HiddenZeroPoint, int OutputZeroPoint) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.lstm";

    /// <inheritdoc/>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override bool Updates(int operand) => operand is LstmOperands.OutputState or LstmOperands.CellState;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs) =>
        [new TensorType(ElementType.S8, LstmOperands.Check(Mnemonic, inputs, ElementType.S8, [ElementType.S8], ElementType.S16, ElementType.S16, ElementType.S32, ElementType.S16))];

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => LstmOperands.MultiplyAdds(inputs);
}
