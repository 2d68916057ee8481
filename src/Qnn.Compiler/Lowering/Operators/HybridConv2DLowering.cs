using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step; the weights of an output are a row, absent biases are zeros.</summary>
internal sealed class HybridConv2DLowering : OperatorLowering<HybridConv2D>
{
    protected override void Lower(HybridConv2D op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        var weights = WideLowering.Constant(node, 3);
        var (shape, quantization) = (weights.Type.Shape, weights.Type.Quantization!);
        context.Step(
            OpCode.HybridConv2D, name,
            [
                context.Tensor(node.Input(0)), context.Tensor(node.Input(1)), context.Tensor(node.Input(2)),
                context.Constant<short>(WideLowering.Rows(weights, shape[1] * shape[2] * shape[3]), $"{name}/weights"),
                context.Constant<float>(quantization.ScalesOf(shape[0]), $"{name}/scales"),
                node.OptionalInput(4) is { } bias ? context.Tensor(bias) : context.Constant<float>(new float[shape[0]], $"{name}/bias"),
            ],
            [context.Tensor(node.Output)],
            new HybridConv2DParameters { Window = WideLowering.Window(op.Window), Groups = op.Groups, Scaling = op.Scaling, Min = op.Min, Max = op.Max },
            LoweringContext.MultiplyAdds(node));
    }
}
