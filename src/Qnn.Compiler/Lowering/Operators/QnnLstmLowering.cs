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
        int Plain(int index) => context.Tensor(node.OptionalInput(index));
        // Matrices one below the other: packed, and the biases less what the zero point of data, moved to uint8, contributes.
        int[] Dense(string what, int zeroPoint, int[] matrices, int[] biases)
        {
            int depth = At(matrices[0])!.Type.Shape[1];
            int[] weights = [.. matrices.SelectMany(m => ConvolutionWeights.Center(At(m)!))];
            int columns = weights.Length / depth;
            int[] folded = new int[(columns + 15) / 16 * 16];
            for (int i = 0; i < weights.Length; i++) unchecked { folded[i / depth] -= (zeroPoint + 128) * weights[i]; }
            int at = 0;
            foreach (var (matrix, bias) in matrices.Zip(biases))
            {
                int[]? own = bias < 0 ? null : At(bias)?.ToInt32();
                int rows = At(matrix)!.Type.Shape[0];
                for (int r = 0; r < rows; r++) unchecked { folded[at++] += own?[r] ?? 0; }
            }
            return [.. ConvolutionWeights.Pack(context, $"{name}/{what}", weights, 1, columns, depth), context.Constant<int>(folded, $"{name}/{what}_bias")];
        }

        bool normalised = At(LstmOperands.Norms + 1) is not null;
        int[] gates = [0, 1, 2, 3];
        bool coupled = At(LstmOperands.InputWeights) is null;
        int[] present = coupled ? gates[1..] : gates;
        int dataZeroPoint = node.Input(LstmOperands.Data).Type.ZeroPoint;
        context.Step(
            OpCode.QuantizedLstm, name,
            [
                Plain(LstmOperands.Data),
                .. Dense("inputs", dataZeroPoint, [.. present.Select(g => LstmOperands.InputWeights + g)], [.. present.Select(g => normalised ? -1 : LstmOperands.Biases + g)]),
                .. Dense("states", op.OutputZeroPoint, [.. present.Select(g => LstmOperands.RecurrentWeights + g)], [.. present.Select(_ => -1)]),
                .. gates.Select(g => g == 2 ? -1 : Plain(LstmOperands.Peephole(g))),
                .. gates.Select(g => Plain(LstmOperands.Norms + g)),
                .. gates.Select(g => normalised ? Plain(LstmOperands.Biases + g) : -1),
                .. At(LstmOperands.Projection) is null ? [-1, -1, -1, -1, -1] : Dense("projection", -op.HiddenZeroPoint, [LstmOperands.Projection], [LstmOperands.ProjectionBias]),
                Plain(LstmOperands.OutputState),
                Plain(LstmOperands.CellState),
            ],
            [context.Tensor(node.Output)],
            Parameters(op, coupled),
            LoweringContext.MultiplyAdds(node));
    }

    private static QuantizedLstmParameters Parameters(QnnLstm op, bool coupled)
    {
        var parameters = new QuantizedLstmParameters
        {
            TimeMajor = op.TimeMajor ? 1 : 0,
            Coupled = coupled ? 1 : 0,
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
