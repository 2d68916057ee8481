using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Flags that are joined, and the bits of integers.</summary>
internal static class Logic
{
    /// <summary>Numbers count as flags: whether they are not 0.</summary>
    [TorchOperator("aten::logical_and")]
    public static object? Both(TorchCall call) => Joined(call, BinaryKind.LogicalAnd);

    [TorchOperator("aten::logical_or")]
    public static object? Either(TorchCall call) => Joined(call, BinaryKind.LogicalOr);

    [TorchOperator("aten::logical_xor")]
    public static object? OneOf(TorchCall call) => Joined(call, BinaryKind.LogicalXor);

    [TorchOperator("aten::logical_not")]
    public static object? Not(TorchCall call) => call.Emit(new Unary(UnaryKind.LogicalNot), IsSet(call, call.Tensor(0)));

    [TorchOperator("aten::bitwise_and", "aten::__and__", "aten::__iand__")]
    public static object? And(TorchCall call) => Bits(call, BinaryKind.BitwiseAnd, BinaryKind.LogicalAnd, (x, y) => x & y);

    [TorchOperator("aten::bitwise_or", "aten::__or__", "aten::__ior__")]
    public static object? Or(TorchCall call) => Bits(call, BinaryKind.BitwiseOr, BinaryKind.LogicalOr, (x, y) => x | y);

    [TorchOperator("aten::bitwise_xor", "aten::__xor__", "aten::__ixor__")]
    public static object? Xor(TorchCall call) => Bits(call, BinaryKind.BitwiseXor, BinaryKind.LogicalXor, (x, y) => x ^ y);

    [TorchOperator("aten::bitwise_not")]
    public static object? Inverted(TorchCall call) => call.Tensor(0).Type.Element == ElementType.Bool ? Not(call) : Xor(call.With(call.Tensor(0), -1L));

    /// <summary>x * 2^n</summary>
    [TorchOperator("aten::bitwise_left_shift", "aten::__lshift__", "aten::__ilshift__")]
    public static object? ShiftLeft(TorchCall call) => Shifted(call, BinaryKind.Multiply, (x, n) => x << n);

    /// <summary>x / 2^n, rounded down.</summary>
    [TorchOperator("aten::bitwise_right_shift", "aten::__rshift__", "aten::__irshift__")]
    public static object? ShiftRight(TorchCall call) => Shifted(call, BinaryKind.FloorDivide, (x, n) => x >> n);

    /// <summary>Whether numbers are not 0.</summary>
    public static Value IsSet(TorchCall call, Value value)
    {
        if (value.Type.Element == ElementType.Bool) return value;
        var (number, zero) = Arithmetic.Common(call.With(value, 0L), 0, 1);
        return call.Emit(new Compare(CompareKind.NotEqual), number, zero);
    }

    private static Value Joined(TorchCall call, BinaryKind kind) => call.Emit(new Binary(kind), IsSet(call, call.Tensor(0)), IsSet(call, call.Tensor(1)));

    private static object Bits(TorchCall call, BinaryKind ofNumbers, BinaryKind ofFlags, Func<long, long, long> function)
    {
        if (call.Argument(0) is bool p && call.Argument(1) is bool q) return function(p ? 1 : 0, q ? 1 : 0) != 0;
        if (call.Argument(0) is long x && call.Argument(1) is long y) return function(x, y);
        if (call.Tensor(0).Type.Element == ElementType.Bool && call.Tensor(1).Type.Element == ElementType.Bool) return call.Emit(new Binary(ofFlags), call.Tensor(0), call.Tensor(1));
        var (a, b) = Whole(call);
        return call.Emit(new Binary(ofNumbers), a, b);
    }

    // By constant counts, which are products and quotients of powers of two.
    private static object Shifted(TorchCall call, BinaryKind kind, Func<long, int, long> function)
    {
        if (call.Argument(0) is long x && call.Argument(1) is long and >= 0 and < 64 and var y) return function(x, (int)y);
        var (data, count) = Whole(call);
        int bits = 8 * data.Type.Element.Size();
        if (count.Constant is not { } constant) throw call.Unsupported("how far it shifts is known at run time only");
        long[] counts = constant.ToInt64();
        if (counts.Any(n => n < 0 || n >= bits - 1)) throw call.Unsupported($"it shifts {data.Type} out");
        var factors = TorchCall.Constant(Tensor.Of<long>(count.Type.Shape, [.. counts.Select(n => 1L << (int)n)]));
        return call.Emit(new Binary(kind), data, data.Type.Element == ElementType.S64 ? factors : call.Emit(new Cast(data.Type.Element), factors));
    }

    private static (Value A, Value B) Whole(TorchCall call)
    {
        var (a, b) = Arithmetic.Common(call, 0, 1);
        return a.Type.Element is ElementType.S32 or ElementType.S64 ? (a, b) : throw call.Unsupported($"it takes the bits of {call.Tensor(0).Type} and {call.Tensor(1).Type}");
    }
}
