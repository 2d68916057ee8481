using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Elementwise functions that TensorFlow Lite also has for quantized numbers: ABS, EXP, LOG and RSQRT.</summary>
internal static class QuantizedFunctions
{
    [TfLiteOperator(BuiltinOperator.ABS)]
    public static void Abs(TfLiteNode node)
    {
        var x = node.Input(0).Type;
        if (x.Quantization is null)
        {
            node.EmitResult(new Unary(UnaryKind.Abs), node.Input(0));
            return;
        }
        var (input, output) = node.ElementwiseQuantization();
        // Equal scales are not multiplied at all.
        double factor = input.Scale == output.Scale ? 1 : input.Scale / output.Scale;
        if (x.Element == ElementType.S16) node.EmitResult(new QuantizedPiecewise(ElementType.S16, factor, -factor, short.MinValue, short.MaxValue), node.Input(0));
        else if (x.Element is ElementType.S8 or ElementType.U8) node.EmitTable(TfLiteTables.Integers(x.Element, value => (long)(factor == 1 ? Math.Abs(value - input.ZeroPoint) : Activations.Scale(Math.Abs(value - input.ZeroPoint), factor)) + output.ZeroPoint));
        else node.EmitResult(new Unary(UnaryKind.Abs), node.Input(0));
    }

    [TfLiteOperator(BuiltinOperator.EXP)]
    public static void Exp(TfLiteNode node)
    {
        if (!node.Input(0).Type.IsQuantized()) node.EmitResult(new Unary(Activations.Real(node, UnaryKind.LibraryExp, UnaryKind.XnnExp, UnaryKind.Exp)), node.Input(0));
        else Table(node, FloatMath.LibraryExp);
    }

    /// <summary>The logarithm of what is not positive is the least number.</summary>
    [TfLiteOperator(BuiltinOperator.LOG)]
    public static void Log(TfLiteNode node)
    {
        if (!node.Input(0).Type.IsQuantized())
        {
            node.EmitResult(new Unary(Activations.Real(node, UnaryKind.LibraryLog, UnaryKind.XnnLog, UnaryKind.Log)), node.Input(0));
            return;
        }
        var (_, output) = node.ElementwiseQuantization();
        float least = (Ir.IntegerRange.Of(node.OutputElement()).Min - output.ZeroPoint) * output.Scale;
        Table(node, x => x <= 0 ? least : FloatMath.LibraryLog(x));
    }

    [TfLiteOperator(BuiltinOperator.RSQRT)]
    public static void Rsqrt(TfLiteNode node)
    {
        if (!node.Input(0).Type.IsQuantized())
        {
            node.EmitResult(new Unary(UnaryKind.Rsqrt), node.Input(0));
            return;
        }
        var (input, output) = node.ElementwiseQuantization();
        if (node.OutputElement() == ElementType.S16)
        {
            Table(node, x => x <= 0 ? short.MaxValue * output.Scale : 1f / MathF.Sqrt(x));
            return;
        }
        // Integer Newton-Raphson, then the scales' factor; numbers below zero, an error in TensorFlow Lite, give the greatest too.
        var factor = FixedPointMultiplier.From(1.0 / (MathF.Sqrt(input.Scale) * output.Scale));
        node.EmitTable(TfLiteTables.Integers(node.OutputElement(), value =>
        {
            const int Shift = 20;
            int v = value - input.ZeroPoint;
            if (v <= 0) return int.MaxValue;
            var (multiplier, exponent) = InverseSquareRoot.Of(v);
            int root = FixedPoint.MultiplyDouble(1, multiplier, exponent + Shift);
            return (long)FixedPoint.MultiplyDouble(root, factor.Value, factor.Exponent - Shift) + output.ZeroPoint;
        }));
    }

    private static void Table(TfLiteNode node, Func<float, float> function)
    {
        if (node.OutputElement() != ElementType.S16)
        {
            node.EmitRealTable(function);
            return;
        }
        var (input, output) = node.ElementwiseQuantization();
        node.EmitTable(TfLiteTables.InterpolatedSingle(input.Scale, input.ZeroPoint, output.Scale, output.ZeroPoint, function));
    }
}
