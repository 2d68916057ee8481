using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Functions of one value, of two, comparisons and choices.</summary>
internal static class Elementwise
{
    [OnnxOperator("Abs", Varying = VaryingOperands.Aligned)] public static void Abs(OnnxNode node) => Function(node, new Unary(UnaryKind.Abs));
    [OnnxOperator("Neg", Varying = VaryingOperands.Aligned)] public static void Neg(OnnxNode node) => Function(node, new Unary(UnaryKind.Negate));
    [OnnxOperator("Sqrt", Varying = VaryingOperands.Aligned)] public static void Sqrt(OnnxNode node) => Function(node, new Unary(UnaryKind.Sqrt));
    [OnnxOperator("Exp", Varying = VaryingOperands.Aligned)] public static void Exp(OnnxNode node) => Function(node, new Unary(UnaryKind.MlasExp));
    [OnnxOperator("Log", Varying = VaryingOperands.Aligned)] public static void Log(OnnxNode node) => Function(node, new Unary(UnaryKind.EigenLog));
    [OnnxOperator("Sin", Varying = VaryingOperands.Aligned)] public static void Sin(OnnxNode node) => Function(node, new Unary(UnaryKind.EigenSin));
    [OnnxOperator("Cos", Varying = VaryingOperands.Aligned)] public static void Cos(OnnxNode node) => Function(node, new Unary(UnaryKind.EigenCos));
    [OnnxOperator("Tan", Varying = VaryingOperands.Aligned)] public static void Tan(OnnxNode node) => Function(node, new Unary(UnaryKind.LibraryTan));
    [OnnxOperator("Sign", Varying = VaryingOperands.Aligned)] public static void Sign(OnnxNode node) => Function(node, new Unary(UnaryKind.Sign));
    [OnnxOperator("Floor", Varying = VaryingOperands.Aligned)] public static void Floor(OnnxNode node) => Function(node, new Unary(UnaryKind.Floor));
    [OnnxOperator("Ceil", Varying = VaryingOperands.Aligned)] public static void Ceil(OnnxNode node) => Function(node, new Unary(UnaryKind.Ceil));
    [OnnxOperator("Round", Varying = VaryingOperands.Aligned)] public static void Round(OnnxNode node) => Function(node, new Unary(UnaryKind.Round));
    [OnnxOperator("Not", Varying = VaryingOperands.Aligned)] public static void Not(OnnxNode node) => Function(node, new Unary(UnaryKind.LogicalNot));
    [OnnxOperator("Relu", Varying = VaryingOperands.Aligned)] public static void Relu(OnnxNode node) => Function(node, Unary.Clamp(0, float.PositiveInfinity));
    [OnnxOperator("LeakyRelu", Varying = VaryingOperands.Aligned)] public static void LeakyRelu(OnnxNode node) => Function(node, new Unary(UnaryKind.LeakyRelu, node.Float("alpha", 0.01f)));
    [OnnxOperator("Sigmoid", Varying = VaryingOperands.Aligned)] public static void Sigmoid(OnnxNode node) => Function(node, new Unary(UnaryKind.MlasLogistic));

    /// <summary>The operand as it is, and a mask that keeps everything: training is over.</summary>
    [OnnxOperator("Dropout")]
    public static void Dropout(OnnxNode node)
    {
        bool trains = node.OptionalInput(2) is not null && node.Constant(2, "mode").ToInt64()[0] != 0;
        if (trains && (node.OptionalInput(1) is null || Shaping.Number(node.Constant(1, "ratio")) != 0)) throw node.Unsupported("it drops elements at random");
        if (node.Proto.Output.Count > 1) node.Result(node.Emit(new BroadcastTo(node.Input(0).Type.Shape), Value.Of("true", Tensor.Of(Shape.Scalar, [true]))), 1);
        Identity(node);
    }

    /// <summary>The operand as it is.</summary>
    [OnnxOperator("Identity", Varying = VaryingOperands.Aligned)]
    public static void Identity(OnnxNode node)
    {
        if (node.Quantized(0) is { } quantized) node.Importer.RememberQuantized(node.Input(0), quantized);
        node.Result(node.Input(0));
    }

    /// <summary>1 / x</summary>
    [OnnxOperator("Reciprocal", Varying = VaryingOperands.Aligned)]
    public static void Reciprocal(OnnxNode node) => node.Result(node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(1f), node.Input(0)));

    /// <summary>log(1 + exp x)</summary>
    [OnnxOperator("Softplus", Varying = VaryingOperands.Aligned)]
    public static void Softplus(OnnxNode node) => node.Result(HalfFunctions.Of(node, HalfFunctions.Softplus) ?? SoftPlus(node, node.Input(0)));

    /// <summary>log(1 + exp x), as x + log(1 + exp -x) above 0.</summary>
    public static Value SoftPlus(OnnxNode node, Value x)
    {
        Value Tail(Value v) => node.Emit(new Unary(UnaryKind.EigenLog1P), node.Emit(new Unary(UnaryKind.EigenExp), v));
        var above = node.Emit(new Binary(BinaryKind.Add), x, Tail(node.Emit(new Unary(UnaryKind.Negate), x)));
        return node.Emit(new Select(), node.Emit(new Compare(CompareKind.Greater), x, OnnxNode.Scalar(0f)), above, Tail(x));
    }

    /// <summary>x * (1 / (1 + |x|))</summary>
    [OnnxOperator("Softsign", Varying = VaryingOperands.Aligned)]
    public static void Softsign(OnnxNode node)
    {
        var divisor = node.Emit(new Binary(BinaryKind.Add), node.Emit(new Unary(UnaryKind.Abs), node.Input(0)), OnnxNode.Scalar(1f));
        node.Result(HalfFunctions.Of(node, HalfFunctions.Softsign) ?? node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(1f), divisor), node.Input(0)));
    }

    /// <summary>x for x >= 0, else alpha * (exp(x) - 1)</summary>
    [OnnxOperator("Elu", Varying = VaryingOperands.Aligned)]
    public static void Elu(OnnxNode node)
    {
        var x = node.Input(0);
        node.Result(HalfFunctions.Of(node, HalfFunctions.Elu) ?? node.Emit(new Select(), node.Emit(new Compare(CompareKind.GreaterEqual), x, OnnxNode.Scalar(0f)), x, Times(node, Below(node, x), node.Float("alpha", 1))));
    }

    /// <summary>gamma * max(x, 0) + min(alpha * gamma * (exp(x) - 1), 0)</summary>
    [OnnxOperator("Selu", Varying = VaryingOperands.Aligned)]
    public static void Selu(OnnxNode node)
    {
        var x = node.Input(0);
        float alpha = node.Float("alpha", 1.67326319217681884765625f), gamma = node.Float("gamma", 1.05070102214813232421875f);
        var below = node.Emit(Unary.Clamp(float.NegativeInfinity, 0), Times(node, Below(node, x), alpha * gamma));
        node.Result(HalfFunctions.Of(node, HalfFunctions.Selu) ?? node.Emit(new Binary(BinaryKind.Add), Times(node, node.Emit(Unary.Clamp(0, float.PositiveInfinity), x), gamma), below));
    }

    /// <summary>exp(x) - 1</summary>
    public static Value Below(OnnxNode node, Value x) => node.Emit(new Binary(BinaryKind.Subtract), node.Emit(new Unary(UnaryKind.EigenExp), x), OnnxNode.Scalar(1f));

    /// <summary>x * factor</summary>
    public static Value Times(OnnxNode node, Value x, float factor) => factor == 1 ? x : node.Emit(new Binary(BinaryKind.Multiply), x, OnnxNode.Scalar(factor));

    /// <summary>max(0, min(1, alpha * x + beta))</summary>
    [OnnxOperator("HardSigmoid", Varying = VaryingOperands.Aligned)]
    public static void HardSigmoid(OnnxNode node) => node.Result(HalfFunctions.Of(node, HalfFunctions.HardSigmoid) ?? Hard(node, node.Input(0), node.Float("alpha", 0.2f), node.Float("beta", 0.5f)));

    /// <summary>x * max(0, min(1, x / 6 + 1 / 2))</summary>
    [OnnxOperator("HardSwish", Varying = VaryingOperands.Aligned)]
    public static void HardSwish(OnnxNode node) => node.Result(HalfFunctions.Of(node, HalfFunctions.HardSwish) ?? node.Emit(new Binary(BinaryKind.Multiply), node.Input(0), Hard(node, node.Input(0), 1f / 6, 0.5f)));

    /// <summary>max(0, min(1, alpha * x + beta))</summary>
    public static Value Hard(OnnxNode node, Value x, float alpha, float beta)
    {
        var scaled = node.Emit(new Binary(BinaryKind.Multiply), x, OnnxNode.Scalar(alpha));
        return node.Emit(Unary.Clamp(0, 1), node.Emit(new Binary(BinaryKind.Add), scaled, OnnxNode.Scalar(beta)));
    }

    /// <summary>Bounds as attributes, from version 11 on as operands.</summary>
    [OnnxOperator("Clip", Varying = VaryingOperands.Aligned)]
    public static void Clip(OnnxNode node)
    {
        var x = node.Input(0);
        if (x.Type.Element == ElementType.F32 && node.OptionalInput(1) is null or { IsConstant: true } && node.OptionalInput(2) is null or { IsConstant: true })
        {
            float Bound(string name, int operand, float otherwise) => node.Attribute(name)?.F ?? (node.OptionalInput(operand) is { } bound ? (float)Shaping.Number(bound.Constant!) : otherwise);
            Function(node, Unary.Clamp(Bound("min", 1, float.NegativeInfinity), Bound("max", 2, float.PositiveInfinity)));
            return;
        }
        if (node.OptionalInput(1) is { } least) x = Pair(node, BinaryKind.Maximum, x, least);
        node.Result(node.OptionalInput(2) is { } most ? Pair(node, BinaryKind.Minimum, x, most) : x);
    }

    /// <summary>x for x >= 0, else slope * x</summary>
    [OnnxOperator("PRelu", Varying = VaryingOperands.Aligned)]
    public static void PRelu(OnnxNode node) => node.Result(node.Emit(new Binary(BinaryKind.PRelu), node.Input(0), node.Input(1)));

    [OnnxOperator("Sub", Varying = VaryingOperands.Aligned)] public static void Sub(OnnxNode node) => Pairwise(node, BinaryKind.Subtract);
    /// <summary>The sum of the operands.</summary>
    [OnnxOperator("Sum", Varying = VaryingOperands.Aligned)]
    public static void Sum(OnnxNode node)
    {
        if (node.InputCount != 2 || !ConvolutionSums.Add(node, onlyInBlocks: true)) Fold(node, BinaryKind.Add);
    }

    /// <summary>x^y; a square or cube by multiplication.</summary>
    [OnnxOperator("Pow", Varying = VaryingOperands.Aligned)]
    public static void Pow(OnnxNode node)
    {
        var (x, y) = (node.Input(0), node.Input(1));
        if (x.Type.Element == ElementType.F32 && y is { IsConstant: true, Type.Shape.ElementCount: 1 } && y.Type.Shape.Rank <= x.Type.Shape.Rank && Shaping.Number(y.Constant!) is var power and (2 or 3))
        {
            var square = node.Emit(new Binary(BinaryKind.Multiply), x, x);
            node.Result(power == 2 ? square : node.Emit(new Binary(BinaryKind.Multiply), square, x));
            return;
        }
        node.Result(node.Emit(new Binary(x.Type.Element == ElementType.F32 ? BinaryKind.LibraryPower : BinaryKind.Power), x, As(node, y, x.Type.Element)));
    }

    [OnnxOperator("And", Varying = VaryingOperands.Aligned)] public static void And(OnnxNode node) => Pairwise(node, BinaryKind.LogicalAnd);
    [OnnxOperator("Or", Varying = VaryingOperands.Aligned)] public static void Or(OnnxNode node) => Pairwise(node, BinaryKind.LogicalOr);
    [OnnxOperator("Xor", Varying = VaryingOperands.Aligned)] public static void Xor(OnnxNode node) => Pairwise(node, BinaryKind.LogicalXor);
    [OnnxOperator("BitwiseAnd", Varying = VaryingOperands.Aligned)] public static void BitwiseAnd(OnnxNode node) => Pairwise(node, BinaryKind.BitwiseAnd);
    [OnnxOperator("BitwiseOr", Varying = VaryingOperands.Aligned)] public static void BitwiseOr(OnnxNode node) => Pairwise(node, BinaryKind.BitwiseOr);
    [OnnxOperator("BitwiseXor", Varying = VaryingOperands.Aligned)] public static void BitwiseXor(OnnxNode node) => Pairwise(node, BinaryKind.BitwiseXor);
    [OnnxOperator("BitwiseNot", Varying = VaryingOperands.Aligned)] public static void BitwiseNot(OnnxNode node) => node.Result(node.Emit(new Binary(BinaryKind.BitwiseXor), node.Input(0), node.Emit(new Cast(node.Input(0).Type.Element), OnnxNode.Scalar(-1L))));
    [OnnxOperator("Max", Varying = VaryingOperands.Aligned)] public static void Max(OnnxNode node) => Fold(node, BinaryKind.Maximum);
    [OnnxOperator("Min", Varying = VaryingOperands.Aligned)] public static void Min(OnnxNode node) => Fold(node, BinaryKind.Minimum);

    /// <summary>The sign of the divisor; with fmod that of the dividend.</summary>
    [OnnxOperator("Mod", Varying = VaryingOperands.Aligned)]
    public static void Mod(OnnxNode node)
    {
        if (node.Int("fmod", 0) == 0)
        {
            Pairwise(node, BinaryKind.FloorModulo);
            return;
        }
        // Of magnitudes, with the dividend's sign.
        var (a, b) = (node.Input(0), node.Input(1));
        var type = a.Type.Element switch { ElementType.F64 => throw node.Unsupported("it divides float64"), ElementType.F32 or ElementType.F16 => ElementType.F32, _ => ElementType.S64 };
        Value Magnitude(Value v) => node.Emit(new Unary(UnaryKind.Abs), v);
        var wide = As(node, a, type);
        var rest = node.Emit(new Binary(BinaryKind.FloorModulo), Magnitude(wide), Magnitude(As(node, b, type)));
        node.Result(As(node, node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Unary(UnaryKind.Sign), wide), rest), a.Type.Element));
    }

    /// <summary>The mean of the operands.</summary>
    [OnnxOperator("Mean", Varying = VaryingOperands.Aligned)]
    public static void Mean(OnnxNode node)
    {
        var sum = node.Input(0);
        for (int i = 1; i < node.InputCount; i++) sum = node.Emit(new Binary(BinaryKind.Add), sum, node.Input(i));
        node.Result(node.Emit(new Binary(BinaryKind.Divide), sum, OnnxNode.Scalar((float)node.InputCount)));
    }

    /// <summary>Between DequantizeLinear and QuantizeLinear it is a QLinearAdd.</summary>
    [OnnxOperator("Add", Varying = VaryingOperands.Aligned)]
    public static void Add(OnnxNode node)
    {
        if (!Fused(node, Sum) && !ConvolutionSums.Add(node)) Pairwise(node, BinaryKind.Add);
    }

    /// <summary>Between DequantizeLinear and QuantizeLinear it is a QLinearMul.</summary>
    [OnnxOperator("Mul", Varying = VaryingOperands.Aligned)]
    public static void Mul(OnnxNode node)
    {
        if (Fused(node, Product) || Normalizations.ByRootAround(node) || ConvolutionSums.Multiply(node)) return;
        if (node.Input(0).Type.Element == ElementType.F32 && node.Importer.Patterns.Quotient(node.Proto.Output[0]) is { } quotient) node.Result(node.Emit(new Binary(BinaryKind.Divide), node.Importer.ValueOf(quotient.Dividend, node), node.Importer.ValueOf(quotient.Divisor, node)));
        else Pairwise(node, BinaryKind.Multiply);
    }

    /// <summary>a, its scale and zero point, b, theirs, the result's.</summary>
    [OnnxOperator("QLinearAdd", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Aligned)]
    public static void QLinearAdd(OnnxNode node) => node.Result(Sum(node, node.WithScales(node.Input(0), 1, 2), node.WithScales(node.Input(3), 4, 5), node.Scales(6, 7)));

    /// <summary>a, its scale and zero point, b, theirs, the result's.</summary>
    [OnnxOperator("QLinearMul", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Aligned)]
    public static void QLinearMul(OnnxNode node) => node.Result(Product(node, node.WithScales(node.Input(0), 1, 2), node.WithScales(node.Input(3), 4, 5), node.Scales(6, 7)));

    /// <summary>x, its scale and zero point, the result's: through a table of float answers.</summary>
    [OnnxOperator("QLinearLeakyRelu", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Aligned)]
    public static void QLinearLeakyRelu(OnnxNode node) => Table(node, new Unary(UnaryKind.LeakyRelu, node.Float("alpha", 0.01f)));

    /// <summary>x, its scale and zero point, the result's: through a table of float answers.</summary>
    [OnnxOperator("QLinearSigmoid", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Aligned)]
    public static void QLinearSigmoid(OnnxNode node) => Table(node, new Unary(UnaryKind.MlasLogistic));

    /// <summary>condition; x and y with their scales and zero points; the result's: requantized through tables, then chosen.</summary>
    [OnnxOperator("QLinearWhere", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Aligned)]
    public static void QLinearWhere(OnnxNode node)
    {
        var z = node.Scales(7, 8);
        var (x, y) = (node.Requantize(node.WithScales(node.Input(1), 2, 3), z), node.Requantize(node.WithScales(node.Input(4), 5, 6), z));
        node.Result(node.EmitQuantized(new Select(), z, node.Input(0), x, y));
    }

    /// <summary>A quantized value under another scale: dequantized, x / scale rounded to even.</summary>
    public static Value Requantize(this OnnxNode node, Value value, Ir.Quantization quantization) => Equals(value.Type.Quantization, quantization)
        ? value
        : node.EmitQuantized(new Quantize(value.Type.Element, QuantizeArithmetic.DivideEven), quantization, node.Emit(new Dequantize(), value));

    [OnnxOperator("Equal", Varying = VaryingOperands.Aligned)] public static void Equal(OnnxNode node) => Comparison(node, CompareKind.Equal);
    [OnnxOperator("Less", Varying = VaryingOperands.Aligned)] public static void Less(OnnxNode node) => Comparison(node, CompareKind.Less);
    [OnnxOperator("LessOrEqual", Varying = VaryingOperands.Aligned)] public static void LessOrEqual(OnnxNode node) => Comparison(node, CompareKind.LessEqual);
    [OnnxOperator("Greater", Varying = VaryingOperands.Aligned)] public static void Greater(OnnxNode node) => Comparison(node, CompareKind.Greater);
    [OnnxOperator("GreaterOrEqual", Varying = VaryingOperands.Aligned)] public static void GreaterOrEqual(OnnxNode node) => Comparison(node, CompareKind.GreaterEqual);

    /// <summary>condition, x where it is true, y where it is not.</summary>
    [OnnxOperator("Where", Varying = VaryingOperands.Aligned)]
    public static void Where(OnnxNode node) => node.Result(node.Emit(new Select(), node.Input(0), node.Input(1), node.Input(2)));

    /// <summary>Floats to integers: towards zero. What is computed is not rounded to halves: see <see cref="OnnxImporter.Bind(string, Value)"/>.</summary>
    [OnnxOperator("Cast", Varying = VaryingOperands.Aligned)]
    public static void Cast(OnnxNode node)
    {
        var element = OnnxTensors.TypeOf(node.Int("to", 0)) ?? throw node.Unsupported($"it casts to data type {node.Int("to", 0)}");
        var x = node.Input(0);
        if (element == ElementType.F16 && !x.IsConstant)
        {
            element = ElementType.F32;
            node.Importer.MarkHalf(node.Proto.Output[0]);
        }
        node.Result(x.Type.Element == element ? x : As(node, x, element));
    }

    /// <summary>To the type of another operand.</summary>
    [OnnxOperator("CastLike", Varying = VaryingOperands.Aligned)]
    public static void CastLike(OnnxNode node)
    {
        if (node.Importer.IsHalf(node.Proto.Input[1])) node.Importer.MarkHalf(node.Proto.Output[0]);
        node.Result(As(node, node.Input(0), node.Input(1).Type.Element));
    }

    // What a small integer has no room for wraps around, as it does where a CPU converts to 32 bits first.
    private static Value As(OnnxNode node, Value x, ElementType element)
    {
        if (x.Type.Element == element) return x;
        bool wraps = x.Type.Element == ElementType.F32 && element is ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16;
        return node.Emit(new Cast(element), wraps ? node.Emit(new Cast(ElementType.S32), x) : x);
    }

    public static void Function(OnnxNode node, Operator op) => node.Result(node.Emit(op, node.Input(0)));

    public static void Pairwise(OnnxNode node, BinaryKind kind) => node.Result(Pair(node, kind, node.Input(0), node.Input(1)));

    // Narrow integers, and halves, in a wider type: the low bits of sums and products are the same.
    private static Value Pair(OnnxNode node, BinaryKind kind, Value a, Value b)
    {
        ElementType? wide = a.Type.Element switch
        {
            _ when kind is BinaryKind.BitwiseAnd or BinaryKind.BitwiseOr or BinaryKind.BitwiseXor => null,
            ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16 => ElementType.S32,
            ElementType.U32 => ElementType.S64,
            ElementType.F16 => ElementType.F32,
            _ => null,
        };
        return wide is not { } type || b.Type.Element != a.Type.Element
            ? node.Emit(new Binary(kind), a, b)
            : node.Emit(new Cast(a.Type.Element), node.Emit(new Binary(kind), As(node, a, type), As(node, b, type)));
    }

    private static void Comparison(OnnxNode node, CompareKind kind) => node.Result(node.Emit(new Compare(kind), node.Input(0), node.Input(1)));

    private static void Fold(OnnxNode node, BinaryKind kind)
    {
        var y = node.Input(0);
        for (int i = 1; i < node.InputCount; i++) y = Pair(node, kind, y, node.Input(i));
        node.Result(y);
    }

    private static void Table(OnnxNode node, Unary function)
    {
        var x = node.WithScales(node.Input(0), 1, 2);
        node.Result(node.EmitQuantized(new Quantize(x.Type.Element, QuantizeArithmetic.DivideEven), node.Scales(3, 4), node.Emit(function, node.Emit(new Dequantize(), x))));
    }

    private static bool Fused(OnnxNode node, Func<OnnxNode, Value, Value, Ir.Quantization, Value> quantized)
    {
        if (node.Quantized(0) is not { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } a || node.Quantized(1) is not { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } b) return false;
        if (node.Importer.Following(node) is not { } target || !node.AreOfOneType([a, b], target)) return false;
        node.Importer.Finish(target, Unsigned(node, target, [a, b], (operands, y) => quantized(node, operands[0], operands[1], y)));
        return true;
    }

    /// <summary>Whether the first operands and the result are of one type where ONNX Runtime makes int8 uint8: otherwise it computes in float.</summary>
    public static bool AreOfOneType(this OnnxNode node, Value[] operands, QuantizeTarget target) =>
        operands.Select((v, i) => node.Importer.Patterns.IsUnsigned(node, i, v.Type.Element)).All(u => u == target.IsUnsigned);

    /// <summary>
    /// Between DequantizeLinear and QuantizeLinear, ONNX Runtime makes int8 uint8 on x86 where it can: zero points, which are added before rounding, are greater by 128 there.
    /// </summary>
    public static Value Unsigned(OnnxNode node, QuantizeTarget target, Value[] operands, Func<Value[], Ir.Quantization, Value> function)
    {
        if (!target.IsUnsigned) return function(operands, target.Quantization);
        Value Flip(Value v) => node.EmitQuantized(new FlipSign(), FlipSign.Flipped(v.Type).Quantization, v);
        Value[] unsigned = [.. operands.Select(v => v.Type.Element == ElementType.S8 ? Flip(v) : v)];
        return target.Element == ElementType.S8 ? Flip(function(unsigned, target.Quantization.WithZeroPointOffset(128))) : function(unsigned, target.Quantization);
    }

    private static Value Sum(OnnxNode node, Value a, Value b, Ir.Quantization y)
    {
        // An operand that stands still along rows is added first.
        if (IsStill(a) && !IsStill(b)) (a, b) = (b, a);
        float ratioA = a.Type.Scale / y.Scale, ratioB = b.Type.Scale / y.Scale;
        var (low, high) = IntegerRange.Of(a.Type.Element);
        if (ratioA + ratioB < 1 << 20) return node.EmitQuantized(new QuantizedAdd(AddArithmetic.Linear, false, low, high), y, a, b);
        var shape = Shape.Broadcast(a.Type.Shape, b.Type.Shape) ?? throw node.Malformed($"adds {a.Type} and {b.Type}");
        Value Real(Value v) => node.Emit(new BroadcastTo(shape), node.Emit(new Cast(ElementType.F32), v));
        float offset = y.ZeroPoint - MathF.FusedMultiplyAdd(ratioA, a.Type.ZeroPoint, ratioB * b.Type.ZeroPoint);
        var shifted = node.Emit(new MultiplyAdd(), Real(b), OnnxNode.Scalar(ratioB), OnnxNode.Scalar(offset));
        return InfiniteScales.Converted(node, node.Emit(new MultiplyAdd(), Real(a), OnnxNode.Scalar(ratioA), shifted), a.Type.Element, y);
    }

    private static bool IsStill(Value v) => v.Type.Shape.Rank == 0 || v.Type.Shape[-1] == 1;

    private static Value Product(OnnxNode node, Value a, Value b, Ir.Quantization y)
    {
        float factor = a.Type.Scale * b.Type.Scale / y.Scale;
        var (low, high) = IntegerRange.Of(a.Type.Element);
        if (factor is > 1f / (1L << 31) and < 1 << 15) return node.EmitQuantized(new QuantizedMul(MulArithmetic.Linear, a.Type.Element, low, high), y, a, b);
        Value Centered(Value v) => node.Emit(new Binary(BinaryKind.Subtract), node.Emit(new Cast(ElementType.F32), v), OnnxNode.Scalar((float)v.Type.ZeroPoint));
        var product = node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Binary(BinaryKind.Multiply), Centered(a), Centered(b)), OnnxNode.Scalar(factor));
        return InfiniteScales.Converted(node, node.Emit(new Binary(BinaryKind.Add), product, OnnxNode.Scalar((float)y.ZeroPoint)), a.Type.Element, y);
    }
}
