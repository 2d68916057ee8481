using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Arithmetic on numbers, on float and integer tensors, and on quantized tensors.</summary>
internal static class Arithmetic
{
    [TorchOperator("aten::add")]
    public static object? Add(TorchCall call)
    {
        if (call.Argument(0) is Archive.TorchList a && call.Argument(1) is Archive.TorchList b) return new Archive.TorchList([.. a.Items, .. b.Items]);
        return Scaled(call, BinaryKind.Add, (x, y) => checked(x + y), (x, y) => x + y);
    }

    [TorchOperator("aten::sub")]
    public static object? Subtract(TorchCall call) => Scaled(call, BinaryKind.Subtract, (x, y) => checked(x - y), (x, y) => x - y);

    [TorchOperator("aten::rsub")]
    public static object? ReverseSubtract(TorchCall call)
    {
        var (a, b) = Common(call, 1, 0);
        return call.Emit(new Binary(BinaryKind.Subtract), a, b);
    }

    [TorchOperator("aten::mul")]
    public static object? Multiply(TorchCall call) => Of(call, BinaryKind.Multiply, (x, y) => checked(x * y), (x, y) => x * y);

    [TorchOperator("aten::div", "aten::true_divide")]
    public static object? Divide(TorchCall call)
    {
        string? mode = call.Text(2, "rounding_mode");
        if (mode == "floor") return FloorDivide(call);
        if (call.Argument(0) is not Value && call.Argument(1) is not Value) return mode == "trunc" ? (object)(long)(call.Real(0) / call.Real(1)) : call.Real(0) / call.Real(1);
        var (a, b) = Common(call, 0, 1, toFloat: mode is null);
        return call.Emit(new Binary(BinaryKind.Divide), a, b);
    }

    [TorchOperator("aten::floordiv", "aten::floor_divide", "aten::__floordiv__")]
    public static object? FloorDivide(TorchCall call) => Of(call, BinaryKind.FloorDivide, (x, y) => y == 0 ? throw call.Malformed("divides by 0") : x / y - ((x % y != 0) && ((x < 0) != (y < 0)) ? 1 : 0), (x, y) => Math.Floor(x / y));

    [TorchOperator("aten::remainder", "aten::fmod")]
    public static object? Remainder(TorchCall call) => Of(call, BinaryKind.FloorModulo, (x, y) => y == 0 ? throw call.Malformed("divides by 0") : ((x % y) + y) % y, (x, y) => x - Math.Floor(x / y) * y);

    [TorchOperator("aten::pow")]
    public static object? Power(TorchCall call)
    {
        if (call.Argument(0) is Value { Type.Element: ElementType.F32 } data && call.Argument(1) is not Value && call.Real(1) == 2) return call.Emit(new Unary(UnaryKind.Square), data);
        return Of(call, BinaryKind.Power, (x, y) => (long)Math.Pow(x, y), Math.Pow);
    }

    [TorchOperator("aten::maximum", "prim::max")]
    public static object? Maximum(TorchCall call) => Of(call, BinaryKind.Maximum, Math.Max, Math.Max);

    [TorchOperator("aten::minimum", "prim::min")]
    public static object? Minimum(TorchCall call) => Of(call, BinaryKind.Minimum, Math.Min, Math.Min);

    [TorchOperator("aten::neg")]
    public static object? Negate(TorchCall call) => call.Argument(0) switch
    {
        long whole => -whole,
        double real => -real,
        _ => call.Emit(new Unary(UnaryKind.Negate), call.Tensor(0)),
    };

    [TorchOperator("quantized::add", "quantized::add_relu", "quantized::add_out", "quantized::add_relu_out")]
    public static object? QuantizedAdd(TorchCall call) => Quantized(call, product: false);

    [TorchOperator("quantized::mul", "quantized::mul_relu")]
    public static object? QuantizedMultiply(TorchCall call) => Quantized(call, product: true);

    /// <summary>The sum with a number changes scale and zero point, and the integers only where the zero point leaves its range.</summary>
    [TorchOperator("quantized::add_scalar", "quantized::add_scalar_relu")]
    public static object? AddScalar(TorchCall call)
    {
        var data = call.Quantized(0);
        var (low, high) = TorchCall.RangeOf(data.Type.Element);
        double scale = data.Type.Scale;
        long shift = (long)Math.Clamp(Math.Round(call.Real(1) / scale, MidpointRounding.ToEven), -1e9, 1e9);
        long zeroPoint = data.Type.ZeroPoint - shift;
        double newScale = scale;
        long newZeroPoint = zeroPoint;
        if (zeroPoint < low)
        {
            newScale = scale * (high - zeroPoint) / ((double)high - low);
            newZeroPoint = low;
        }
        else if (zeroPoint > high)
        {
            newScale = scale * (zeroPoint - low) / ((double)high - low);
            newZeroPoint = high;
        }
        var output = Archive.Quantizations.PerTensor(newScale, newZeroPoint);
        bool relu = call.Operator.EndsWith("_relu", StringComparison.Ordinal);
        if (newScale == scale)
        {
            return Table(call, data, output, q => relu ? Math.Max(q, (int)newZeroPoint) : q);
        }
        float ratio = (float)newScale, old = data.Type.Scale;
        return Table(call, data, output, q =>
        {
            float real = old * (q - (int)zeroPoint);
            int result = (int)MathF.Round(real * (1f / ratio), MidpointRounding.ToEven) + (int)newZeroPoint;
            return relu ? Math.Max(result, (int)newZeroPoint) : result;
        });
    }

    /// <summary>The product with a number changes the scale; a negative one also mirrors the integers.</summary>
    [TorchOperator("quantized::mul_scalar", "quantized::mul_scalar_relu")]
    public static object? MultiplyScalar(TorchCall call)
    {
        var data = call.Quantized(0);
        var (low, high) = TorchCall.RangeOf(data.Type.Element);
        double scale = data.Type.Scale, factor = call.Real(1);
        int zeroPoint = data.Type.ZeroPoint;
        bool relu = call.Operator.EndsWith("_relu", StringComparison.Ordinal);
        if (factor > 0)
        {
            return Table(call, data, Archive.Quantizations.PerTensor(scale * factor, zeroPoint), q => relu ? Math.Max(q, zeroPoint) : q);
        }
        if (factor == 0) return Table(call, data, new Quantization(1, 0), _ => 0);
        int mirrored = high + low - zeroPoint;
        return Table(call, data, Archive.Quantizations.PerTensor(Math.Abs(factor) * scale, mirrored), q => relu ? Math.Max(high + low - q, mirrored) : high + low - q);
    }

    /// <summary>A function of 8-bit integers, as a table.</summary>
    public static Value Table(TorchCall call, Value data, Quantization output, Func<int, int> function)
    {
        var (low, high) = TorchCall.RangeOf(data.Type.Element);
        byte[] table = new byte[256];
        bool identity = true;
        for (int q = low; q <= high; q++)
        {
            int result = Math.Clamp(function(q), low, high);
            table[q & 255] = unchecked((byte)result);
            identity &= result == q;
        }
        if (identity) return call.EmitQuantized(new Reshape(data.Type.Shape), output, data);
        var constant = TorchCall.Constant(new Tensor(new TensorType(data.Type.Element, new Shape(256)), table));
        return call.EmitQuantized(new LookupTable(), output, data, constant);
    }

    /// <summary>Two operands as tensors of one type; integers meeting floats become floats.</summary>
    public static (Value A, Value B) Common(TorchCall call, int first, int second, bool toFloat = false)
    {
        Value a = call.Tensor(first), b = call.Tensor(second);
        if (a.Type.Quantization is not null || b.Type.Quantization is not null) throw call.Unsupported("it mixes quantized tensors into arithmetic on plain ones");
        bool real = toFloat || IsReal(call.Argument(first)) || IsReal(call.Argument(second));
        // A number does not widen a tensor's integers.
        var integer = call.Argument(first) is Value ? a.Type.Element : b.Type.Element;
        if (call.Argument(first) is Value && call.Argument(second) is Value && (a.Type.Element == ElementType.S64 || b.Type.Element == ElementType.S64)) integer = ElementType.S64;
        if (integer is not (ElementType.S32 or ElementType.S64)) integer = ElementType.S64;
        var element = real ? ElementType.F32 : integer;
        return (As(a), As(b));

        Value As(Value value) => value.Type.Element == element ? value : call.Emit(new Cast(element), value);
        static bool IsReal(object? value) => value is double or Value { Type.Element: ElementType.F32 or ElementType.F64 or ElementType.F16 };
    }

    private static object? Of(TorchCall call, BinaryKind kind, Func<long, long, long> whole, Func<double, double, double> real)
    {
        if (call.Argument(0) is long or bool && call.Argument(1) is long or bool)
        {
            try
            {
                return whole(call.Long(0), call.Long(1));
            }
            catch (OverflowException)
            {
                throw call.Malformed("overflows");
            }
        }
        if (call.Argument(0) is not Value && call.Argument(1) is not Value) return real(call.Real(0), call.Real(1));
        var (a, b) = Common(call, 0, 1);
        return call.Emit(new Binary(kind), a, b);
    }

    // a + alpha * b
    private static object? Scaled(TorchCall call, BinaryKind kind, Func<long, long, long> whole, Func<double, double, double> real)
    {
        double alpha = call.Argument(0) is Value || call.Argument(1) is Value ? call.Real(2, "alpha", 1) : 1;
        if (alpha == 1) return Of(call, kind, whole, real);
        var (a, b) = Common(call, 0, 1);
        return call.Emit(new Binary(kind), a, call.Emit(new Binary(BinaryKind.Multiply), b, TorchCall.Constant((float)alpha)));
    }

    private static Value Quantized(TorchCall call, bool product)
    {
        if (call.Argument(1) is not Value) throw call.Unsupported("it has a number for a tensor");
        var (a, b) = (call.Quantized(0), call.Quantized(1));
        if (a.Type.Element != b.Type.Element) throw call.Malformed($"has operands {a.Type} and {b.Type}");
        var output = call.Output(2, 3, a.Type.Element);
        var (low, high) = TorchCall.RangeOf(a.Type.Element);
        if (call.Operator.Contains("_relu", StringComparison.Ordinal)) low = Math.Max(low, output.ZeroPoint);
        bool fused = IsVector(RowLength(a.Type.Shape, b.Type.Shape));
        Operator op = product
            ? new QuantizedMul(fused ? MulArithmetic.DequantizedFused : MulArithmetic.Dequantized, a.Type.Element, low, high)
            : new QuantizedAdd(fused ? AddArithmetic.DequantizedFused : AddArithmetic.Dequantized, false, low, high);
        return call.EmitQuantized(op, output, a, b);
    }

    /// <summary>Whether PyTorch's vector kernels take so many elements that follow each other: two vectors of 32 bytes at a time. They dequantize by another formula than the scalar ones, which take the rest.</summary>
    public static bool IsVector(int count) => count >= 64;

    // Elements that both operands go through without a break; channels are last where an operand is broadcast over pixels.
    private static int RowLength(Shape a, Shape b)
    {
        if (a.Equals(b) || a.ElementCount == 1 || b.ElementCount == 1) return Math.Max(a.ElementCount, b.ElementCount);
        bool pixels = a.Rank == 4 && b.Rank == 4 && (a[2] * a[3] == 1 || b[2] * b[3] == 1);
        return Math.Max(a[pixels ? 1 : -1], b[pixels ? 1 : -1]);
    }
}
