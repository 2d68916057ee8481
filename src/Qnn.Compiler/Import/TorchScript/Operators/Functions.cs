using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Elementary functions of floats, and what is said of their numbers. Integers become floats first.</summary>
internal static class Functions
{
    [TorchOperator("aten::asin", "aten::arcsin")]
    public static object? Asin(TorchCall call) => Of(call, UnaryKind.Asin);

    [TorchOperator("aten::acos", "aten::arccos")]
    public static object? Acos(TorchCall call) => Of(call, UnaryKind.Acos);

    [TorchOperator("aten::sinh")]
    public static object? Sinh(TorchCall call) => Of(call, UnaryKind.Sinh);

    [TorchOperator("aten::cosh")]
    public static object? Cosh(TorchCall call) => Of(call, UnaryKind.Cosh);

    [TorchOperator("aten::asinh", "aten::arcsinh")]
    public static object? Asinh(TorchCall call) => Of(call, UnaryKind.Asinh);

    [TorchOperator("aten::acosh", "aten::arccosh")]
    public static object? Acosh(TorchCall call) => Of(call, UnaryKind.Acosh);

    [TorchOperator("aten::atanh", "aten::arctanh")]
    public static object? Atanh(TorchCall call) => Of(call, UnaryKind.Atanh);

    [TorchOperator("aten::exp2", "aten::special_exp2")]
    public static object? Exp2(TorchCall call) => Of(call, UnaryKind.Exp2);

    [TorchOperator("aten::expm1", "aten::special_expm1")]
    public static object? ExpMinus1(TorchCall call) => Of(call, UnaryKind.ExpMinus1);

    [TorchOperator("aten::log1p", "aten::special_log1p")]
    public static object? Log1P(TorchCall call) => Of(call, UnaryKind.Log1P);

    [TorchOperator("aten::log2")]
    public static object? Log2(TorchCall call) => Of(call, UnaryKind.Log2);

    [TorchOperator("aten::log10")]
    public static object? Log10(TorchCall call) => Of(call, UnaryKind.Log10);

    [TorchOperator("aten::erfc", "aten::special_erfc")]
    public static object? Erfc(TorchCall call) => Of(call, UnaryKind.Erfc);

    [TorchOperator("aten::deg2rad")]
    public static object? Radians(TorchCall call) => Do(call, BinaryKind.Multiply, Real(call, 0), TorchCall.Constant((float)(Math.PI / 180)));

    [TorchOperator("aten::rad2deg")]
    public static object? Degrees(TorchCall call) => Do(call, BinaryKind.Multiply, Real(call, 0), TorchCall.Constant((float)(180 / Math.PI)));

    /// <summary>log(x / (1 - x)), x kept eps away from 0 and 1 where that is given.</summary>
    [TorchOperator("aten::logit", "aten::special_logit")]
    public static object? Logit(TorchCall call)
    {
        var data = Real(call, 0);
        if (call.Argument(1, "eps") is not null) data = call.Emit(Unary.Clamp((float)call.Real(1, "eps"), 1 - (float)call.Real(1, "eps")), data);
        return call.Emit(new Unary(UnaryKind.Log), Do(call, BinaryKind.Divide, data, Do(call, BinaryKind.Subtract, TorchCall.Constant(1f), data)));
    }

    /// <summary>sin(pi x) / (pi x), 1 at 0.</summary>
    [TorchOperator("aten::sinc", "aten::special_sinc")]
    public static object? Sinc(TorchCall call)
    {
        var turned = Do(call, BinaryKind.Multiply, Real(call, 0), TorchCall.Constant(MathF.PI));
        return call.Emit(new Select(), Is(call, CompareKind.Equal, turned, 0), TorchCall.Constant(1f), Do(call, BinaryKind.Divide, call.Emit(new Unary(UnaryKind.Sin), turned), turned));
    }

    [TorchOperator("aten::isinf")]
    public static object? IsInfinite(TorchCall call) => Is(call, CompareKind.Equal, Size(call), float.PositiveInfinity);

    [TorchOperator("aten::isfinite")]
    public static object? IsFinite(TorchCall call) => Is(call, CompareKind.Less, Size(call), float.PositiveInfinity);

    [TorchOperator("aten::isposinf")]
    public static object? IsPositiveInfinity(TorchCall call) => Is(call, CompareKind.Equal, Real(call, 0), float.PositiveInfinity);

    [TorchOperator("aten::isneginf")]
    public static object? IsNegativeInfinity(TorchCall call) => Is(call, CompareKind.Equal, Real(call, 0), float.NegativeInfinity);

    [TorchOperator("aten::signbit")]
    public static object? IsNegative(TorchCall call) => Is(call, CompareKind.Less, Real(call, 0), 0);

    /// <summary>(x, nan, posinf, neginf): other numbers for those that are none, and for infinite ones.</summary>
    [TorchOperator("aten::nan_to_num")]
    public static object? ToNumber(TorchCall call)
    {
        var data = Real(call, 0);
        float Number(int index, string name, float otherwise) => call.Argument(index, name) is null ? otherwise : (float)call.Real(index, name);
        Value Replaced(Value where, Value value, float number) => call.Emit(new Select(), where, TorchCall.Constant(number), value);
        var known = Replaced(call.Emit(new Compare(CompareKind.NotEqual), data, data), data, Number(1, "nan", 0));
        known = Replaced(Is(call, CompareKind.Equal, data, float.PositiveInfinity), known, Number(2, "posinf", float.MaxValue));
        return Replaced(Is(call, CompareKind.Equal, data, float.NegativeInfinity), known, Number(3, "neginf", float.MinValue));
    }

    [TorchOperator("aten::atan2", "aten::arctan2")]
    public static object? Atan2(TorchCall call) => Do(call, BinaryKind.Atan2, Real(call, 0), Real(call, 1));

    [TorchOperator("aten::hypot")]
    public static object? Hypotenuse(TorchCall call)
    {
        Value Square(int index) => call.Emit(new Unary(UnaryKind.Square), Real(call, index));
        return call.Emit(new Unary(UnaryKind.Sqrt), Do(call, BinaryKind.Add, Square(0), Square(1)));
    }

    /// <summary>x * log(y), 0 where x is 0.</summary>
    [TorchOperator("aten::xlogy", "aten::special_xlogy")]
    public static object? XLogY(TorchCall call)
    {
        Value x = Real(call, 0), y = Real(call, 1), product = Do(call, BinaryKind.Multiply, x, call.Emit(new Unary(UnaryKind.Log), y));
        var isNothing = call.Emit(new Binary(BinaryKind.LogicalAnd), Is(call, CompareKind.Equal, x, 0), call.Emit(new Compare(CompareKind.Equal), y, y));
        return call.Emit(new Select(), isNothing, TorchCall.Constant(0f), product);
    }

    /// <summary>The size of the first, the sign of the second.</summary>
    [TorchOperator("aten::copysign")]
    public static object? CopySign(TorchCall call)
    {
        var size = Size(call);
        return call.Emit(new Select(), Is(call, CompareKind.Less, Real(call, 1), 0), call.Emit(new Unary(UnaryKind.Negate), size), size);
    }

    [TorchOperator("aten::fmax", "aten::fmin")]
    public static object? ExtremeNumber(TorchCall call)
    {
        Value a = Real(call, 0), b = Real(call, 1), extreme = Do(call, call.Operator == "aten::fmax" ? BinaryKind.Maximum : BinaryKind.Minimum, a, b);
        Value Or(Value value, Value other, Value where) => call.Emit(new Select(), call.Emit(new Compare(CompareKind.NotEqual), where, where), other, value);
        return Or(Or(extreme, a, b), b, a);
    }

    /// <summary>0 below 0, 1 above, at 0 the second.</summary>
    [TorchOperator("aten::heaviside")]
    public static object? Heaviside(TorchCall call)
    {
        Value x = Real(call, 0), side = call.Emit(new Select(), Is(call, CompareKind.Less, x, 0), TorchCall.Constant(0f), TorchCall.Constant(1f));
        return call.Emit(new Select(), Is(call, CompareKind.Equal, x, 0), Real(call, 1), side);
    }

    /// <summary>(a, b, rtol, atol): whether a is b, or |a - b| at most atol + |rtol * b|.</summary>
    [TorchOperator("aten::isclose")]
    public static object? IsClose(TorchCall call)
    {
        Value a = Real(call, 0), b = Real(call, 1);
        Value distance = call.Emit(new Unary(UnaryKind.Abs), Do(call, BinaryKind.Subtract, a, b)), share = call.Emit(new Unary(UnaryKind.Abs), Do(call, BinaryKind.Multiply, b, TorchCall.Constant((float)call.Real(2, "rtol", 1e-5))));
        var allowed = Do(call, BinaryKind.Add, share, TorchCall.Constant((float)call.Real(3, "atol", 1e-8)));
        return call.Emit(new Binary(BinaryKind.LogicalOr), call.Emit(new Compare(CompareKind.Equal), a, b), call.Emit(new Compare(CompareKind.LessEqual), distance, allowed));
    }

    /// <summary>log(exp(a) + exp(b)), or both to the base 2: the greater one, and a logarithm that does not overflow.</summary>
    [TorchOperator("aten::logaddexp", "aten::logaddexp2")]
    public static object? LogAddExp(TorchCall call)
    {
        bool isBinary = call.Operator == "aten::logaddexp2";
        Value a = Real(call, 0), b = Real(call, 1);
        var below = call.Emit(new Unary(UnaryKind.Negate), call.Emit(new Unary(UnaryKind.Abs), Do(call, BinaryKind.Subtract, a, b)));
        var rest = isBinary
            ? Do(call, BinaryKind.Multiply, call.Emit(new Unary(UnaryKind.Log1P), call.Emit(new Unary(UnaryKind.Exp2), below)), TorchCall.Constant((float)(1 / Math.Log(2))))
            : Activations.InMemory(call, UnaryKind.TorchLog1PExp, below);
        // Of equal infinities the difference is no number.
        return call.Emit(new Select(), call.Emit(new Compare(CompareKind.Equal), a, b), Do(call, BinaryKind.Add, a, TorchCall.Constant(isBinary ? 1f : (float)Math.Log(2))), Do(call, BinaryKind.Add, Do(call, BinaryKind.Maximum, a, b), rest));
    }

    /// <summary>(a, b): the number next to a on the way to b.</summary>
    [TorchOperator("aten::nextafter")]
    public static object? Next(TorchCall call)
    {
        Value a = Real(call, 0), b = Real(call, 1);
        Value Bits(Value value) => call.Emit(new Bitcast(ElementType.S32), value);
        Value Choose(Value where, Value yes, Value no) => call.Emit(new Select(), where, yes, no);
        Value Whole(int number) => TorchCall.Constant(Tensor.Scalar(number));
        // Away from 0 where b is farther on the same side; bits of numbers that follow each other do so, too.
        var isUp = call.Emit(new Compare(CompareKind.Less), a, b);
        var isAway = call.Emit(new Compare(CompareKind.Equal), isUp, Is(call, CompareKind.Greater, a, 0));
        var stepped = call.Emit(new Bitcast(ElementType.F32), Do(call, BinaryKind.Add, Bits(a), Choose(isAway, Whole(1), Whole(-1))));
        var least = Choose(isUp, TorchCall.Constant(float.Epsilon), TorchCall.Constant(-float.Epsilon));
        var next = Choose(Is(call, CompareKind.Equal, a, 0), least, stepped);
        var same = Choose(call.Emit(new Compare(CompareKind.Equal), a, b), b, next);
        return Choose(call.Emit(new Binary(BinaryKind.LogicalOr), call.Emit(new Compare(CompareKind.NotEqual), a, a), call.Emit(new Compare(CompareKind.NotEqual), b, b)), Do(call, BinaryKind.Add, a, b), same);
    }

    /// <summary>a * 2^b</summary>
    [TorchOperator("aten::ldexp")]
    public static object? LoadExponent(TorchCall call) => Do(call, BinaryKind.Multiply, Real(call, 0), call.Emit(new Unary(UnaryKind.Exp2), Real(call, 1)));

    private static Value Of(TorchCall call, UnaryKind kind) => call.Emit(new Unary(kind), Real(call, 0));

    private static Value Do(TorchCall call, BinaryKind kind, Value a, Value b) => call.Emit(new Binary(kind), a, b);

    private static Value Size(TorchCall call) => call.Emit(new Unary(UnaryKind.Abs), Real(call, 0));

    private static Value Is(TorchCall call, CompareKind kind, Value value, float number) => call.Emit(new Compare(kind), value, TorchCall.Constant(number));

    /// <summary>An argument as floats.</summary>
    public static Value Real(TorchCall call, int index)
    {
        var value = call.Tensor(index);
        if (value.Type.Quantization is not null) throw call.Unsupported("its data is quantized");
        return value.Type.Element == ElementType.F32 ? value : call.Emit(new Cast(ElementType.F32), value);
    }
}
