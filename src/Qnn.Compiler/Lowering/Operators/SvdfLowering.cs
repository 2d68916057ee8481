using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; absent biases are zeros.</summary>
internal sealed class SvdfLowering : OperatorLowering<Svdf>
{
    protected override void Lower(Svdf op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        context.Step(
            OpCode.Svdf, name,
            [
                context.Tensor(node.Input(0)),
                RecurrentLowering.Matrix(context, node.Input(1), $"{name}/features"),
                RecurrentLowering.Floats(context, node.Input(2), $"{name}/time"),
                node.OptionalInput(3) is { } bias ? context.Tensor(bias) : context.Constant<float>(new float[node.Output.Type.Shape[1]], $"{name}/bias"),
                context.Tensor(node.Input(4)),
            ],
            [context.Tensor(node.Output)],
            new SvdfParameters { Rank = op.Rank, Activation = (int)op.Activation, Asymmetric = op.Asymmetric ? 1 : 0, FeatureScale = RecurrentLowering.Scale(node.Input(1)) },
            LoweringContext.MultiplyAdds(node));
    }
}
