using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Elementwise operators of StableHLO, on operands of one shape. Numbers are plain: quantized ones are left to the operators that know scales.</summary>
internal static class Stablehlo
{
    [TfLiteOperator(BuiltinOperator.STABLEHLO_ABS)]
    public static void Abs(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Abs);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_COSINE)]
    public static void Cosine(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Cos);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_EXPONENTIAL)]
    public static void Exponential(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Exp);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_FLOOR)]
    public static void Floor(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Floor);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_LOG)]
    public static void Log(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Log);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_LOGISTIC)]
    public static void Logistic(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Logistic);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_NEGATE)]
    public static void Negate(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Negate);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_RSQRT)]
    public static void Rsqrt(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Rsqrt);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_TANH)]
    public static void Tanh(TfLiteNode node) => RealFunctions.Unary(node, UnaryKind.Tanh);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_ADD)]
    public static void Add(TfLiteNode node) => RealFunctions.Binary(node, BinaryKind.Add);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_SUBTRACT)]
    public static void Subtract(TfLiteNode node) => RealFunctions.Binary(node, BinaryKind.Subtract);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_MULTIPLY)]
    public static void Multiply(TfLiteNode node) => RealFunctions.Binary(node, BinaryKind.Multiply);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_DIVIDE)]
    public static void Divide(TfLiteNode node) => RealFunctions.Binary(node, BinaryKind.Divide);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_MAXIMUM)]
    public static void Maximum(TfLiteNode node) => RealFunctions.Binary(node, BinaryKind.Maximum);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_MINIMUM)]
    public static void Minimum(TfLiteNode node) => RealFunctions.Binary(node, BinaryKind.Minimum);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_POWER)]
    public static void Power(TfLiteNode node) => RealFunctions.Binary(node, BinaryKind.Power);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_AND)]
    public static void And(TfLiteNode node) => RealFunctions.Binary(node, RealFunctions.Plain(node, 0).Type.Element == ElementType.Bool ? BinaryKind.LogicalAnd : BinaryKind.BitwiseAnd);

    [TfLiteOperator(BuiltinOperator.STABLEHLO_OR)]
    public static void Or(TfLiteNode node) => RealFunctions.Binary(node, RealFunctions.Plain(node, 0).Type.Element == ElementType.Bool ? BinaryKind.LogicalOr : BinaryKind.BitwiseOr);

    /// <summary>min(max(x, least), most), the bounds scalars or of the data's shape.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_CLAMP)]
    public static void Clamp(TfLiteNode node) =>
        node.EmitResult(new Binary(BinaryKind.Minimum), node.Emit(new Binary(BinaryKind.Maximum), RealFunctions.Plain(node, 1), RealFunctions.Plain(node, 0)), RealFunctions.Plain(node, 2));

    [TfLiteOperator(BuiltinOperator.STABLEHLO_CONVERT)]
    public static void Convert(TfLiteNode node) => node.EmitResult(new Ir.Operators.Cast(node.OutputElement()), RealFunctions.Plain(node, 0));

    [TfLiteOperator(BuiltinOperator.STABLEHLO_COMPARE)]
    public static void Compare(TfLiteNode node) => node.EmitResult(
        new Ir.Operators.Compare(node.Options<StablehloCompareOptions>().ComparisonDirection switch
        {
            StablehloComparisonDirection.EQ => CompareKind.Equal,
            StablehloComparisonDirection.NE => CompareKind.NotEqual,
            StablehloComparisonDirection.GE => CompareKind.GreaterEqual,
            StablehloComparisonDirection.GT => CompareKind.Greater,
            StablehloComparisonDirection.LE => CompareKind.LessEqual,
            StablehloComparisonDirection.LT => CompareKind.Less,
            var other => throw node.Malformed($"compares by {other}"),
        }),
        RealFunctions.Plain(node, 0), RealFunctions.Plain(node, 1));

    [TfLiteOperator(BuiltinOperator.STABLEHLO_SELECT)]
    public static void Select(TfLiteNode node) => node.EmitResult(new Ir.Operators.Select(), node.Input(0), node.Input(1), node.Input(2));
}
