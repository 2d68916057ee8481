using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class RnnLowering : OperatorLowering<Rnn>
{
    protected override void Lower(Rnn op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        var parameters = new RnnParameters
        {
            TimeMajor = op.TimeMajor ? 1 : 0,
            Activation = (int)op.Activation,
            Asymmetric = op.Asymmetric ? 1 : 0,
            InputScale = RecurrentLowering.Scale(node.Input(1)),
            RecurrentScale = RecurrentLowering.Scale(node.Input(2)),
        };
        context.Step(
            OpCode.Rnn, name,
            [
                context.Tensor(node.Input(0)),
                RecurrentLowering.Matrix(context, node.Input(1), $"{name}/weights"),
                RecurrentLowering.Matrix(context, node.Input(2), $"{name}/recurrent"),
                context.Tensor(node.Input(3)),
                context.Tensor(node.Input(4)),
            ],
            [context.Tensor(node.Output)], parameters, LoweringContext.MultiplyAdds(node));
    }
}
