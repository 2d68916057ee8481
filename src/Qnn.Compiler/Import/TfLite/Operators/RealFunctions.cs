using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Elementwise operators that TFLite has for plain numbers only: floats, 32 and 64-bit integers, bools.</summary>
internal static class RealFunctions
{
    [TfLiteOperator(BuiltinOperator.CEIL)]
    public static void Ceil(TfLiteNode node) => Unary(node, UnaryKind.Ceil);

    [TfLiteOperator(BuiltinOperator.COS)]
    public static void Cos(TfLiteNode node) => Unary(node, Activations.Real(node, UnaryKind.MuslCos, UnaryKind.XnnCos, UnaryKind.Cos));

    [TfLiteOperator(BuiltinOperator.FLOOR)]
    public static void Floor(TfLiteNode node) => Unary(node, UnaryKind.Floor);

    [TfLiteOperator(BuiltinOperator.LOGICAL_NOT)]
    public static void LogicalNot(TfLiteNode node) => Unary(node, UnaryKind.LogicalNot);

    [TfLiteOperator(BuiltinOperator.NEG)]
    public static void Negate(TfLiteNode node) => Unary(node, UnaryKind.Negate);

    [TfLiteOperator(BuiltinOperator.ROUND)]
    public static void Round(TfLiteNode node) => Unary(node, Activations.Real(node, UnaryKind.TfLiteRound, UnaryKind.Round, UnaryKind.Round));

    [TfLiteOperator(BuiltinOperator.SIGN)]
    public static void Sign(TfLiteNode node) => Unary(node, UnaryKind.Sign);

    [TfLiteOperator(BuiltinOperator.SIN)]
    public static void Sin(TfLiteNode node) => Unary(node, Activations.Real(node, UnaryKind.MuslSin, UnaryKind.XnnSin, UnaryKind.Sin));

    [TfLiteOperator(BuiltinOperator.SQRT)]
    public static void Sqrt(TfLiteNode node) => Unary(node, UnaryKind.Sqrt);

    [TfLiteOperator(BuiltinOperator.SQUARE)]
    public static void Square(TfLiteNode node) => Unary(node, UnaryKind.Square);

    [TfLiteOperator(BuiltinOperator.ATAN2)]
    public static void Atan2(TfLiteNode node) => Binary(node, BinaryKind.Atan2);

    [TfLiteOperator(BuiltinOperator.BITWISE_XOR)]
    public static void BitwiseXor(TfLiteNode node) => Binary(node, BinaryKind.BitwiseXor);

    [TfLiteOperator(BuiltinOperator.DIV)]
    public static void Divide(TfLiteNode node)
    {
        var activation = node.Options<DivOptions>().FusedActivationFunction;
        if (node.Input(0).Type.IsQuantized())
        {
            if (node.OutputQuantization() is null) throw node.Malformed("divides quantized numbers without scales");
            var (low, high) = node.QuantizedRange(activation);
            node.EmitResult(new Ir.Operators.QuantizedDiv(low, high), node.Input(0), node.Input(1));
            return;
        }
        var (min, max) = node.RealRange(activation);
        node.EmitResult(new Ir.Operators.Binary(BinaryKind.Divide, min, max), Plain(node, 0), Plain(node, 1));
    }

    [TfLiteOperator(BuiltinOperator.FLOOR_DIV)]
    public static void FloorDivide(TfLiteNode node) => Binary(node, BinaryKind.FloorDivide);

    [TfLiteOperator(BuiltinOperator.FLOOR_MOD)]
    public static void FloorModulo(TfLiteNode node) => Binary(node, BinaryKind.FloorModulo);

    [TfLiteOperator(BuiltinOperator.LOGICAL_AND)]
    public static void LogicalAnd(TfLiteNode node) => Binary(node, BinaryKind.LogicalAnd);

    [TfLiteOperator(BuiltinOperator.LOGICAL_OR)]
    public static void LogicalOr(TfLiteNode node) => Binary(node, BinaryKind.LogicalOr);

    [TfLiteOperator(BuiltinOperator.POW)]
    public static void Power(TfLiteNode node) => Binary(node, BinaryKind.Power);

    /// <summary>((a + b) + c) + ...</summary>
    [TfLiteOperator(BuiltinOperator.ADD_N)]
    public static void AddN(TfLiteNode node)
    {
        var sum = node.Input(0);
        if (node.Inputs.Count == 1) node.EmitResult(new Ir.Operators.Reshape(sum.Type.Shape), sum);
        for (int i = 1; i < node.Inputs.Count; i++)
        {
            var op = new Ir.Operators.Binary(BinaryKind.Add);
            sum = i < node.Inputs.Count - 1 ? node.Emit(op, sum, node.Input(i)) : node.EmitResult(op, sum, node.Input(i));
        }
    }

    [TfLiteOperator(BuiltinOperator.CAST, Varying = true)]
    public static void Cast(TfLiteNode node) => node.EmitResult(new Ir.Operators.Cast(node.OutputElement()), node.Input(0));

    [TfLiteOperator(BuiltinOperator.SELECT_V2)]
    public static void SelectV2(TfLiteNode node) => node.EmitResult(new Select(), node.Input(0), node.Input(1), node.Input(2));

    /// <summary>The condition has the shape of the data, is one bool, or has a bool for each index of the data's first axis.</summary>
    [TfLiteOperator(BuiltinOperator.SELECT)]
    public static void SelectV1(TfLiteNode node)
    {
        var (condition, shape) = (node.Input(0), node.Input(1).Type.Shape);
        var given = condition.Type.Shape;
        if (given.Rank == 1 && shape.Rank > 1 && given[0] == shape[0])
        {
            var extents = new int[shape.Rank];
            Array.Fill(extents, 1);
            extents[0] = given[0];
            condition = node.Reshape(condition, extents);
        }
        node.EmitResult(new Select(), condition, node.Input(1), node.Input(2));
    }

    /// <summary>The indices of what is not zero: rows of a matrix, of which there are as many as are found at run time.</summary>
    [TfLiteOperator(BuiltinOperator.WHERE)]
    public static void Where(TfLiteNode node)
    {
        if (!node.Input(0).IsConstant)
        {
            if (node.Input(0).Type.Shape.Rank == 0) throw node.Unsupported("it takes a scalar");
            var found = node.Builder.Add(new NonZero(), [node.Input(0)], node.Location, [], [$"{node.Name}:places", $"{node.Name}:count"]);
            node.Builder.Vary(found[0], new Varying(1, found[1]));
            node.EmitResult(new Ir.Operators.Transpose(new Ints(1, 0)), found[0]);
            return;
        }
        var condition = node.Input(0).Constant!;
        int size = condition.Type.Element.Size();
        var strides = condition.Type.Shape.Strides();
        var indices = new List<long>();
        for (int i = 0; i < condition.Type.Shape.ElementCount; i++)
        {
            if (!condition.Bytes.Span.Slice(i * size, size).ContainsAnyExcept((byte)0)) continue;
            for (int axis = 0; axis < strides.Length; axis++) indices.Add(i / strides[axis] % condition.Type.Shape[axis]);
        }
        int rank = strides.Length;
        node.Bind(0, node.AddConstant("value", Ir.Tensor.Of<long>(new Shape(rank == 0 ? 0 : indices.Count / rank, rank), [.. indices])));
    }

    internal static void Unary(TfLiteNode node, UnaryKind kind) => node.EmitResult(new Ir.Operators.Unary(kind), Plain(node, 0));

    internal static void Binary(TfLiteNode node, BinaryKind kind) => node.EmitResult(new Ir.Operators.Binary(kind), Plain(node, 0), Plain(node, 1));

    // The bits of a quantized number are not the number.
    internal static Value Plain(TfLiteNode node, int index)
    {
        var value = node.Input(index);
        return value.Type.Quantization is null || node.Code == BuiltinOperator.BITWISE_XOR ? value : throw node.Unsupported($"its input is quantized ({value.Type.Element.Name()})");
    }
}
