using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Works out factor and offsets, each framework's in its own precision.</summary>
internal sealed class QuantizedMeanLowering : OperatorLowering<QuantizedMean>
{
    protected override void Lower(QuantizedMean op, Node node, LoweringContext context)
    {
        var (min, max) = IntegerRange.Of(node.Output.Type.Element);
        var (x, y) = (FromOrigin(node.Input(0).Type, op.Origin), FromOrigin(node.Output.Type, op.Origin));
        int count = op.Count(x.Shape);
        var mask = op.Mask(x.Shape);
        var p = new QuantizedMeanParameters { AxisMask = mask.Select((reduced, axis) => reduced ? 1 << axis : 0).Sum(), Min = min, Max = max, OffsetOut = y.ZeroPoint, SumOffset = unchecked(-x.ZeroPoint * count) };
        switch (op.Rounding)
        {
            case MeanRounding.Exact: Exact(ref p, op, x, y, count); break;
            case MeanRounding.Folded: Folded(ref p, x, y, count); break;
            case MeanRounding.Float32:
                p.Arithmetic = MeanArithmetic.Float32NearestEven;
                p.Factor = op.Sum ? x.Scale / y.Scale : x.Scale / y.Scale / count;
                (p.Bias, p.OffsetOut) = (y.ZeroPoint, 0);
                break;
            case MeanRounding.Float32Product:
                p.Arithmetic = MeanArithmetic.Float32NearestEven;
                p.Factor = x.Scale / (y.Scale * (op.Sum ? 1 : count));
                break;
            default:
                p.Arithmetic = MeanArithmetic.Float32BiasAway;
                p.Factor = x.Scale / y.Scale;
                p.Bias = -x.ZeroPoint * p.Factor * count;
                break;
        }
        (p.SumOffset, p.OffsetOut) = (unchecked(p.SumOffset - op.Origin * count), p.OffsetOut + op.Origin);
        context.Step(OpCode.QuantizedMean, node.Location.Node, [context.Tensor(node.Input(0))], [context.Tensor(node.Output)], p);
    }

    private static TensorType FromOrigin(TensorType type, int origin) => origin == 0 ? type : type with { Quantization = type.Quantization!.WithZeroPointOffset(-origin) };

    /// <summary>TensorFlow Lite's QuantizedMeanOrSum: the division by the count goes into the multiplier.</summary>
    private static void Exact(ref QuantizedMeanParameters p, QuantizedMean op, TensorType x, TensorType y, int count)
    {
        p.Arithmetic = MeanArithmetic.FixedPoint;
        var factor = FixedPointMultiplier.From((double)x.Scale / y.Scale);
        (p.Multiplier, p.Shift) = (factor.Value, factor.Exponent);
        if (op.Sum || count == 0) return;
        int shift = Math.Min(BitOperations.Log2((uint)count), 31 + factor.Exponent);
        (p.Multiplier, p.Shift) = ((int)(((long)factor.Value << shift) / count), factor.Exponent - shift);
    }

    /// <summary>TensorFlow Lite's optimised Mean for 8-bit images.</summary>
    private static void Folded(ref QuantizedMeanParameters p, TensorType x, TensorType y, int count)
    {
        p.Arithmetic = MeanArithmetic.FixedPoint;
        float zeroPoint = x.ZeroPoint * x.Scale / y.Scale;
        zeroPoint = zeroPoint > 0 ? zeroPoint + 0.5f : zeroPoint - 0.5f;
        var factor = FixedPointMultiplier.From(x.Scale / (count * y.Scale));
        (p.Multiplier, p.Shift, p.SumOffset, p.OffsetOut) = (factor.Value, factor.Exponent, 0, y.ZeroPoint - (int)zeroPoint);
    }
}
