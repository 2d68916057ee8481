using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The factor spreads the result's scale over the multiplications, as TensorFlow Lite's GetQuantProdScaling does.</summary>
internal sealed class QuantizedProductLowering : OperatorLowering<QuantizedProduct>
{
    protected override void Lower(QuantizedProduct op, Node node, LoweringContext context)
    {
        var (x, y) = (node.Input(0).Type, node.Output.Type);
        int count = x.Shape.ElementCount / y.Shape.ElementCount;
        var factor = FixedPointMultiplier.From(x.Scale / Math.Pow(y.Scale, 1.0 / count));
        var mask = new Reduce(ReduceKind.Max, op.Axes, op.KeepDims).Mask(x.Shape);
        context.Step(OpCode.QuantizedProduct, node, new QuantizedProductParameters
        {
            AxisMask = mask.Select((reduced, axis) => reduced ? 1 << axis : 0).Sum(),
            InputZeroPoint = x.ZeroPoint,
            OutputZeroPoint = y.ZeroPoint,
            Multiplier = factor.Value,
            Shift = factor.Exponent,
        });
    }
}
