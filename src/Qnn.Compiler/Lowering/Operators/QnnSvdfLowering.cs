using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; absent biases are zeros.</summary>
internal sealed class QnnSvdfLowering : OperatorLowering<QnnSvdf>
{
    protected override void Lower(QnnSvdf op, Node node, LoweringContext context)
    {
        var features = WideLowering.Constant(node, 1);
        var (toState, toOutput) = (FixedPointMultiplier.From(op.StateMultiplier), FixedPointMultiplier.From(op.OutputMultiplier));
        int units = node.Output.Type.Shape[1];
        context.Step(
            OpCode.QuantizedSvdf, node.Location.Node,
            [
                context.Tensor(node.Input(0)),
                context.Constant<short>(WideLowering.Rows(features, features.Type.Shape[1]), $"{node.Location.Node}/features"),
                context.Tensor(node.Input(2)),
                context.Constant<int>(node.OptionalInput(3)?.Constant!.ToInt32() ?? new int[units], $"{node.Location.Node}/bias"),
                context.Tensor(node.Input(4)),
            ],
            [context.Tensor(node.Output)],
            new QuantizedSvdfParameters
            {
                Rank = op.Rank,
                InputZeroPoint = node.Input(0).Type.ZeroPoint,
                OutputZeroPoint = op.OutputZeroPoint,
                StateMultiplier = toState.Value,
                StateExponent = toState.Exponent,
                OutputMultiplier = toOutput.Value,
                OutputExponent = toOutput.Exponent,
            },
            LoweringContext.MultiplyAdds(node));
    }
}
