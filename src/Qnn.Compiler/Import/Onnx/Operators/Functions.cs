using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Less usual functions of one value.</summary>
internal static class Functions
{
    [OnnxOperator("Asin", Varying = VaryingOperands.Taken)] public static void Asin(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.EigenAsin));
    [OnnxOperator("Acos", Varying = VaryingOperands.Taken)] public static void Acos(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.EigenAcos));
    [OnnxOperator("Atan", Varying = VaryingOperands.Taken)] public static void Atan(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.EigenAtan));
    [OnnxOperator("Sinh", Varying = VaryingOperands.Taken)] public static void Sinh(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.Sinh));
    [OnnxOperator("Cosh", Varying = VaryingOperands.Taken)] public static void Cosh(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.Cosh));
    [OnnxOperator("Asinh", Varying = VaryingOperands.Taken)] public static void Asinh(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.Asinh));
    [OnnxOperator("Acosh", Varying = VaryingOperands.Taken)] public static void Acosh(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.Acosh));
    [OnnxOperator("Atanh", Varying = VaryingOperands.Taken)] public static void Atanh(OnnxNode node) => Elementwise.Function(node, new Unary(UnaryKind.Atanh));

    /// <summary>x where x > alpha, else 0</summary>
    [OnnxOperator("ThresholdedRelu", Varying = VaryingOperands.Taken)]
    public static void ThresholdedRelu(OnnxNode node) =>
        node.Result(node.Emit(new Select(), node.Emit(new Compare(CompareKind.Greater), node.Input(0), OnnxNode.Scalar(node.Float("alpha", 1))), node.Input(0), OnnxNode.Scalar(0f)));

    /// <summary>x + bias below -lambd, x - bias above lambd, else 0</summary>
    [OnnxOperator("Shrink", Varying = VaryingOperands.Taken)]
    public static void Shrink(OnnxNode node)
    {
        var x = node.Input(0);
        float lambda = node.Float("lambd", 0.5f), bias = node.Float("bias", 0);
        var above = node.Emit(new Select(), node.Emit(new Compare(CompareKind.Greater), x, OnnxNode.Scalar(lambda)), node.Emit(new Binary(BinaryKind.Subtract), x, OnnxNode.Scalar(bias)), OnnxNode.Scalar(0f));
        node.Result(node.Emit(new Select(), node.Emit(new Compare(CompareKind.Less), x, OnnxNode.Scalar(-lambda)), node.Emit(new Binary(BinaryKind.Add), x, OnnxNode.Scalar(bias)), above));
    }

    /// <summary>max(0, x) + min(0, alpha * (exp(x / alpha) - 1))</summary>
    [OnnxOperator("Celu", Varying = VaryingOperands.Taken)]
    public static void Celu(OnnxNode node)
    {
        var x = node.Input(0);
        float alpha = node.Float("alpha", 1);
        var below = Elementwise.Times(node, Elementwise.Below(node, alpha == 1 ? x : node.Emit(new Binary(BinaryKind.Divide), x, OnnxNode.Scalar(alpha))), alpha);
        node.Result(node.Emit(new Binary(BinaryKind.Add), node.Emit(Unary.Clamp(0, float.PositiveInfinity), x), node.Emit(Unary.Clamp(float.NegativeInfinity, 0), below)));
    }

    /// <summary>x * tanh(log(1 + exp x))</summary>
    [OnnxOperator("Mish", Varying = VaryingOperands.Taken)]
    public static void Mish(OnnxNode node) =>
        node.Result(HalfFunctions.Of(node, HalfFunctions.Mish) ?? node.Emit(new Binary(BinaryKind.Multiply), node.Input(0), node.Emit(new Unary(UnaryKind.MlasTanh), Elementwise.SoftPlus(node, node.Input(0)))));

    /// <summary>x * logistic(alpha * x), as ONNX's function has it.</summary>
    [OnnxOperator("Swish", Varying = VaryingOperands.Taken)]
    public static void Swish(OnnxNode node)
    {
        var x = node.Input(0);
        float alpha = node.Float("alpha", 1);
        node.Result(node.Emit(new Binary(BinaryKind.Multiply), x, node.Emit(new Unary(UnaryKind.MlasLogistic), Elementwise.Times(node, x, alpha))));
    }

    /// <summary>Only a number that is none differs from itself.</summary>
    [OnnxOperator("IsNaN", Varying = VaryingOperands.Taken)]
    public static void IsNaN(OnnxNode node) => node.Result(node.Emit(new Compare(CompareKind.NotEqual), node.Input(0), node.Input(0)));

    /// <summary>One infinity or both.</summary>
    [OnnxOperator("IsInf", Varying = VaryingOperands.Taken)]
    public static void IsInf(OnnxNode node)
    {
        var x = node.Input(0);
        bool above = node.Int("detect_positive", 1) != 0, below = node.Int("detect_negative", 1) != 0;
        if (above && below) x = node.Emit(new Unary(UnaryKind.Abs), x);
        float sought = above ? float.PositiveInfinity : below ? float.NegativeInfinity : float.NaN;
        node.Result(node.Emit(new Compare(CompareKind.Equal), x, OnnxNode.Scalar(sought)));
    }

    /// <summary>x * 2^y, or x / 2^y rounded down.</summary>
    [OnnxOperator("BitShift")]
    public static void BitShift(OnnxNode node)
    {
        var (x, y) = (node.Input(0), node.Input(1));
        if (x.Type.Element is not (ElementType.U8 or ElementType.U16 or ElementType.U32)) throw node.Unsupported($"it shifts {x.Type.Element.Name()}");
        Value Wide(Value v) => node.Emit(new Cast(ElementType.S64), v);
        var factor = node.Emit(new Binary(BinaryKind.Power), OnnxNode.Scalar(2L), Wide(y));
        var kind = node.Text("direction", "") == "LEFT" ? BinaryKind.Multiply : BinaryKind.FloorDivide;
        node.Result(node.Emit(new Cast(x.Type.Element), node.Emit(new Binary(kind), Wide(x), factor)));
    }

    /// <summary>1 at the greatest element along an axis (the first of equal ones), else 0.</summary>
    [OnnxOperator("Hardmax")]
    public static void Hardmax(OnnxNode node) => Reductions.Rows(node, x =>
    {
        var shape = x.Type.Shape;
        var greatest = node.Reshape(node.Emit(new ArgReduce(shape.Rank - 1, false, ElementType.S64), x), [.. shape.Span[..^1], 1]);
        return node.Emit(new Cast(ElementType.F32), node.Emit(new Compare(CompareKind.Equal), OnnxNode.Iota(shape.Rank, shape.Rank - 1, shape[-1]), greatest));
    });
}
