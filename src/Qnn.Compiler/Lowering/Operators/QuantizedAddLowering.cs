using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Works out the numbers of a quantized addition, each framework's in its own precision.</summary>
internal sealed class QuantizedAddLowering : OperatorLowering<QuantizedAdd>
{
    protected override void Lower(QuantizedAdd op, Node node, LoweringContext context)
    {
        var (a, b, y) = (node.Input(0).Type, node.Input(1).Type, node.Output.Type);
        var parameters = new QuantizedAddParameters { Arithmetic = op.Arithmetic, Subtract = op.Subtract ? 1 : 0, Min = op.Min, Max = op.Max, OffsetOut = y.ZeroPoint };
        switch (op.Arithmetic)
        {
            case AddArithmetic.FixedPoint: FixedPoint(ref parameters, a, b, y); break;
            case AddArithmetic.Shift: Shift(ref parameters, a, b, y, op.Subtract); break;
            case AddArithmetic.ShiftAway: ShiftAway(ref parameters, a, b, y, op.Subtract); break;
            case AddArithmetic.Linear: Linear(ref parameters, a, b, y); break;
            case AddArithmetic.DequantizedFused or AddArithmetic.Dequantized: Dequantized(ref parameters, a, b, y); break;
            default: PowerOfTwo(ref parameters, a, b, y); break;
        }
        bool isReplaceable = op.Arithmetic is AddArithmetic.FixedPoint or AddArithmetic.Shift or AddArithmetic.ShiftAway or AddArithmetic.Dequantized or AddArithmetic.DequantizedFused;
        if (isReplaceable && y.Element != ElementType.S16) FloatAddition.Replace(ref parameters, y.Element == ElementType.S8 ? sbyte.MinValue : 0, (double)a.Scale / y.Scale, (op.Subtract ? -1.0 : 1.0) * b.Scale / y.Scale);
        int[] operands = [BroadcastConstants.Operand(context, node.Input(0), y.Shape), BroadcastConstants.Operand(context, node.Input(1), y.Shape)];
        context.Step(OpCode.QuantizedAdd, node.Location.Node, operands, [context.Tensor(node.Output)], parameters, inPlaceInput: a.Shape.Equals(y.Shape) ? 0 : b.Shape.Equals(y.Shape) ? 1 : -1);
    }

    /// <summary>TensorFlow Lite's Prepare of ADD and SUB.</summary>
    private static void FixedPoint(ref QuantizedAddParameters p, TensorType a, TensorType b, TensorType y)
    {
        p.LeftShift = y.Element == ElementType.S16 ? 15 : 20;
        double twiceMax = 2 * Math.Max(a.Scale, b.Scale);
        var (factorA, factorB) = (FixedPointMultiplier.From(a.Scale / twiceMax), FixedPointMultiplier.From(b.Scale / twiceMax));
        var factorOut = FixedPointMultiplier.From(twiceMax / ((1 << p.LeftShift) * y.Scale));
        (p.OffsetA, p.MultiplierA, p.ShiftA) = (-a.ZeroPoint, factorA.Value, factorA.Exponent);
        (p.OffsetB, p.MultiplierB, p.ShiftB) = (-b.ZeroPoint, factorB.Value, factorB.Exponent);
        (p.MultiplierOut, p.ShiftOut) = (factorOut.Value, factorOut.Exponent);
    }

    /// <summary>XNNPACK's init_qs8_add_minmax_params: the larger multiplier has 21 bits.</summary>
    private static void Shift(ref QuantizedAddParameters p, TensorType a, TensorType b, TensorType y, bool subtract)
    {
        float ratioA = a.Scale / y.Scale, ratioB = b.Scale / y.Scale;
        (p.OffsetA, p.OffsetB) = (-a.ZeroPoint, -b.ZeroPoint);
        p.ShiftOut = 20 - Math.ILogB(Math.Max(ratioA, ratioB));
        p.MultiplierA = (int)MathF.Round(MathF.ScaleB(ratioA, p.ShiftOut));
        p.MultiplierB = (int)MathF.Round(MathF.ScaleB(ratioB, p.ShiftOut)) * (subtract ? -1 : 1);
        p.Bias = unchecked((1 << (p.ShiftOut - 1)) - p.MultiplierA * a.ZeroPoint - p.MultiplierB * b.ZeroPoint);
    }

    /// <summary>QNNPACK's compute_add_quantization_params: the larger multiplier has 22 bits.</summary>
    private static void ShiftAway(ref QuantizedAddParameters p, TensorType a, TensorType b, TensorType y, bool subtract)
    {
        float ratioA = a.Scale / y.Scale, ratioB = b.Scale / y.Scale;
        (p.OffsetA, p.OffsetB) = (-a.ZeroPoint, -b.ZeroPoint);
        p.ShiftOut = 21 - Math.ILogB(Math.Max(ratioA, ratioB));
        p.MultiplierA = (int)MathF.Round(MathF.ScaleB(ratioA, p.ShiftOut));
        p.MultiplierB = (int)MathF.Round(MathF.ScaleB(ratioB, p.ShiftOut)) * (subtract ? -1 : 1);
        p.Bias = unchecked(-p.MultiplierA * a.ZeroPoint - p.MultiplierB * b.ZeroPoint);
    }

    /// <summary>MLAS's QLinearAdd of AVX2 and FMA3.</summary>
    private static void Linear(ref QuantizedAddParameters p, TensorType a, TensorType b, TensorType y)
    {
        (p.RatioA, p.RatioB) = (a.Scale / y.Scale, b.Scale / y.Scale);
        p.Fixed = y.ZeroPoint - MathF.FusedMultiplyAdd(p.RatioA, a.ZeroPoint, p.RatioB * b.ZeroPoint);
    }

    /// <summary>PyTorch's qadd_kernel.</summary>
    private static void Dequantized(ref QuantizedAddParameters p, TensorType a, TensorType b, TensorType y)
    {
        (p.RatioA, p.OffsetA, p.ProductA) = (a.Scale, -a.ZeroPoint, a.Scale * -a.ZeroPoint);
        (p.RatioB, p.OffsetB, p.ProductB) = (b.Scale, -b.ZeroPoint, b.Scale * -b.ZeroPoint);
        p.Inverse = 1 / y.Scale;
    }

    /// <summary>Rounding shifts from each operand's scale to the result's.</summary>
    private static void PowerOfTwo(ref QuantizedAddParameters p, TensorType a, TensorType b, TensorType y) =>
        (p.ShiftA, p.ShiftB) = (Log2(a.Scale) - Log2(y.Scale), Log2(b.Scale) - Log2(y.Scale));

    // Scales need not be exact powers of two to pass for them.
    private static int Log2(float scale) => (int)Math.Round(Math.Log2(scale));
}
