using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class LstmLowering : OperatorLowering<Lstm>
{
    protected override void Lower(Lstm op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        int[] gates = [0, 1, 2, 3], matrices = [.. Enumerable.Range(LstmOperands.InputWeights, 8), LstmOperands.Projection];
        int Plain(int index) => context.Tensor(node.OptionalInput(index));
        int[] weights = [.. matrices.Select(m => RecurrentLowering.Matrix(context, node.OptionalInput(m), $"{name}/weights{m}"))];
        var parameters = new LstmParameters
        {
            TimeMajor = op.TimeMajor ? 1 : 0,
            Activation = (int)op.Activation,
            Asymmetric = op.Asymmetric ? 1 : 0,
            CellClip = op.CellClip,
            ProjectionClip = op.ProjectionClip,
        };
        for (int i = 0; i < matrices.Length; i++) parameters.Scales[i] = RecurrentLowering.Scale(node.OptionalInput(matrices[i]));
        context.Step(
            OpCode.Lstm, name,
            [
                Plain(LstmOperands.Data),
                .. weights[..8],
                .. gates.Select(g => g == 2 ? -1 : RecurrentLowering.Floats(context, node.OptionalInput(LstmOperands.Peephole(g)), $"{name}/peephole{g}")),
                .. gates.Select(g => Plain(LstmOperands.Norms + g)),
                .. gates.Select(g => Plain(LstmOperands.Biases + g)),
                weights[8],
                Plain(LstmOperands.ProjectionBias),
                Plain(LstmOperands.OutputState),
                Plain(LstmOperands.CellState),
            ],
            [context.Tensor(node.Output)],
            parameters,
            LoweringContext.MultiplyAdds(node));
    }
}
