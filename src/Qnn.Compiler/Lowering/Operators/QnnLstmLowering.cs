using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; zero points are folded into biases.</summary>
internal sealed class QnnLstmLowering : OperatorLowering<QnnLstm>
{
    protected override void Lower(QnnLstm op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        Tensor? At(int index) => node.OptionalInput(index)?.Constant;
        int Rows(int index) => At(index) is { } weights ? context.Constant<short>(WideLowering.Rows(weights, weights.Type.Shape[1]), $"{name}/weights{index}") : -1;
        int Plain(int index) => context.Tensor(node.OptionalInput(index));
        // The bias less what the operand's zero point contributes.
        int Folded(int index, Tensor? bias, int zeroPoint)
        {
            if (At(index) is not { } weights) return -1;
            int columns = weights.Type.Shape[1];
            var elements = weights.ToInt64();
            var folded = new int[weights.Type.Shape[0]];
            var biases = bias?.ToInt32();
            for (int r = 0; r < folded.Length; r++) folded[r] = unchecked((biases?[r] ?? 0) - zeroPoint * (int)elements.AsSpan(r * columns, columns).ToArray().Sum());
            return context.Constant<int>(folded, $"{name}/bias{index}");
        }

        bool normalised = At(LstmOperands.Norms + 1) is not null;
        int[] gates = [0, 1, 2, 3];
        int dataZeroPoint = node.Input(LstmOperands.Data).Type.ZeroPoint;
        context.Step(
            OpCode.QuantizedLstm, name,
            [
                Plain(LstmOperands.Data),
                .. gates.Select(g => Rows(LstmOperands.InputWeights + g)),
                .. gates.Select(g => Rows(LstmOperands.RecurrentWeights + g)),
                .. gates.Select(g => g == 2 ? -1 : Plain(LstmOperands.Peephole(g))),
                .. gates.Select(g => Plain(LstmOperands.Norms + g)),
                .. gates.Select(g => normalised ? Plain(LstmOperands.Biases + g) : -1),
                .. gates.Select(g => Folded(LstmOperands.InputWeights + g, normalised ? null : At(LstmOperands.Biases + g), dataZeroPoint)),
                .. gates.Select(g => Folded(LstmOperands.RecurrentWeights + g, null, op.OutputZeroPoint)),
                Rows(LstmOperands.Projection),
                Folded(LstmOperands.Projection, At(LstmOperands.ProjectionBias), op.HiddenZeroPoint),
                Plain(LstmOperands.OutputState),
                Plain(LstmOperands.CellState),
            ],
            [context.Tensor(node.Output)],
            Parameters(op),
            LoweringContext.MultiplyAdds(node));
    }

    private static QuantizedLstmParameters Parameters(QnnLstm op)
    {
        var parameters = new QuantizedLstmParameters
        {
            TimeMajor = op.TimeMajor ? 1 : 0,
            CellExponent = op.CellExponent,
            CellClip = op.CellClip,
            ProjectionClip = op.ProjectionClip,
            HiddenZeroPoint = op.HiddenZeroPoint,
            OutputZeroPoint = op.OutputZeroPoint,
        };
        for (int i = 0; i < LstmNumbers.Length; i++)
        {
            var multiplier = FixedPointMultiplier.From(op.Multipliers[i]);
            (parameters.Multipliers[i], parameters.Exponents[i]) = (multiplier.Value, multiplier.Exponent);
        }
        for (int gate = 0; gate < 4; gate++) parameters.VarianceGuards[gate] = op.VarianceGuards[gate];
        return parameters;
    }
}
