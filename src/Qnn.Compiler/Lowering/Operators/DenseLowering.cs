using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>A convolution of 1x1 windows over a single row of pixels. Weights that are computed at run time make it a matrix product, which sums in the same order.</summary>
internal sealed class DenseLowering : OperatorLowering<Dense>
{
    protected override void Lower(Dense op, Node node, LoweringContext context)
    {
        var weights = node.Input(1).Type.Shape;
        int rows = node.Output.Type.Shape.ElementCount / Math.Max(1, weights[0]);
        if (node.Input(1).IsConstant && node.OptionalInput(2) is null or { IsConstant: true })
        {
            var p = FloatConvolution.Parameters(new Window2D(1, 1), new Shape(1, 1, rows, weights[1]), new Shape(1, 1, rows, weights[0]), op.Min, op.Max, op.Sum);
            FloatConvolution.Add(context, node, OpCode.Conv2D, p, weights[1]);
            return;
        }
        string name = node.Location.Node;
        var transposed = Value.Result(name + "/weights", new TensorType(ElementType.F32, new Shape(weights[1], weights[0])));
        new TransposeLowering().Lower(node with { Operator = new Transpose(new Ints(1, 0)), Inputs = [node.Input(1)], Outputs = [transposed] }, context);
        int data = context.Tensor(node.Input(0)), result = context.Tensor(node.Output);
        if (node.Input(0).Type.Shape.Rank == 1)
        {
            var row = Value.Result(name + "/row", new TensorType(ElementType.F32, new Shape(1, weights[1])));
            context.Alias(row, node.Input(0));
            data = context.Tensor(row);
        }
        var product = new TensorType(ElementType.F32, new Shape([.. node.Input(0).Type.Shape.Rank == 1 ? [1] : node.Input(0).Type.Shape.Span[..^1], weights[0]]));
        int sums = context.Temporary(product, name + "/product");
        int m = product.Shape[-2];
        context.Step(OpCode.BatchMatMul, name, [data, context.Tensor(transposed)], [sums], new BatchMatMulParameters { M = m, K = weights[1], N = weights[0] }, LoweringContext.MultiplyAdds(node));
        if (node.OptionalInput(2) is { } bias)
        {
            var add = new BinaryParameters { Kind = (int)BinaryKind.Add, Min = op.Min, Max = op.Max };
            var row = context.Temporary(product, name + "/sum");
            context.Step(OpCode.Binary, name, [sums, context.Tensor(bias)], [row], add);
            context.Step(OpCode.Copy, name, [row], [result]);
        }
        else
        {
            context.Step(OpCode.Unary, name, [sums], [result], new UnaryParameters { Kind = (int)UnaryKind.Clamp, Alpha = op.Min, Beta = op.Max });
        }
    }
}
