using Qnn.Compiler.Import.TorchScript.Archive;
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

    /// <summary>The sum, nothing below 0: what torch.utils.mobile_optimizer joins.</summary>
    [TorchOperator("aten::_add_relu")]
    public static object? AddRelu(TorchCall call) => call.Emit(Unary.Clamp(0, float.PositiveInfinity), (Value)Add(call)!);

    [TorchOperator("aten::sub", "aten::subtract")]
    public static object? Subtract(TorchCall call) => Scaled(call, BinaryKind.Subtract, (x, y) => checked(x - y), (x, y) => x - y);

    /// <summary>(a, b, alpha): b - alpha * a</summary>
    [TorchOperator("aten::rsub")]
    public static object? ReverseSubtract(TorchCall call)
    {
        if (call.Argument(2, "alpha") is not (null or 1L or 1.0)) return ReverseSubtract(call.With(Multiply(call.With(call.Argument(0), call.Argument(2, "alpha"))), call.Argument(1)));
        var (a, b) = Common(call, 1, 0);
        return call.Emit(new Binary(BinaryKind.Subtract), a, b);
    }

    [TorchOperator("aten::mul", "aten::multiply")]
    public static object? Multiply(TorchCall call) => Of(call, BinaryKind.Multiply, (x, y) => checked(x * y), (x, y) => x * y);

    [TorchOperator("aten::div", "aten::divide", "aten::true_divide")]
    public static object? Divide(TorchCall call)
    {
        string? mode = call.Text(2, "rounding_mode");
        if (mode == "floor") return FloorDivide(call);
        if (call.Argument(0) is not Value && call.Argument(1) is not Value) return mode == "trunc" ? (object)(long)(call.Real(0) / call.Real(1)) : call.Real(0) / call.Real(1);
        var (a, b) = Common(call, 0, 1, toFloat: mode is null);
        var quotient = call.Emit(new Binary(BinaryKind.Divide), a, b);
        return mode == "trunc" && quotient.Type.Element == ElementType.F32 ? Activations.Truncated(call, quotient) : quotient;
    }

    [TorchOperator("aten::floordiv", "aten::floor_divide", "aten::__floordiv__")]
    public static object? FloorDivide(TorchCall call) => Of(call, BinaryKind.FloorDivide, (x, y) => y == 0 ? throw call.Malformed("divides by 0") : x / y - ((x % y != 0) && ((x < 0) != (y < 0)) ? 1 : 0), (x, y) => Math.Floor(x / y));

    /// <summary>The remainder with the sign of the dividend.</summary>
    [TorchOperator("aten::fmod")]
    public static object? TruncatedRemainder(TorchCall call)
    {
        if (call.Argument(0) is not Value && call.Argument(1) is not Value) return Math.IEEERemainder(call.Real(0), call.Real(1)) is var r && r != 0 && Math.Sign(r) != Math.Sign(call.Real(0)) ? r + Math.CopySign(call.Real(1), call.Real(0)) : r;
        var (a, b) = Common(call, 0, 1);
        var size = call.Emit(new Binary(BinaryKind.FloorModulo), call.Emit(new Unary(UnaryKind.Abs), a), call.Emit(new Unary(UnaryKind.Abs), b));
        return call.Emit(new Binary(BinaryKind.Multiply), call.Emit(new Unary(UnaryKind.Sign), a), size);
    }

    /// <summary>x + weight * (y - x), the product not rounded apart; from the other end where the weight is one half or more.</summary>
    [TorchOperator("aten::lerp")]
    public static object? Lerp(TorchCall call)
    {
        var (a, b) = Common(call, 0, 1);
        var distance = call.Emit(new Binary(BinaryKind.Subtract), b, a);
        if (call.Argument(2) is Value weights)
        {
            var isSmall = call.Emit(new Compare(CompareKind.Less), call.Emit(new Unary(UnaryKind.Abs), weights), TorchCall.Constant(0.5f));
            var share = call.Emit(new Select(), isSmall, weights, call.Emit(new Binary(BinaryKind.Subtract), weights, TorchCall.Constant(1f)));
            return Fused(call, distance, share, call.Emit(new Select(), isSmall, a, b));
        }
        float weight = (float)call.Real(2);
        return MathF.Abs(weight) < 0.5f ? Fused(call, distance, TorchCall.Constant(weight), a) : Fused(call, distance, TorchCall.Constant(weight - 1), b);
    }

    /// <summary>(data, a, b, value): data + (value * a) * b, the last product not rounded apart; or data + (value * a) / b.</summary>
    [TorchOperator("aten::addcmul", "aten::addcdiv")]
    public static object? AddProduct(TorchCall call)
    {
        Value data = Functions.Real(call, 0), a = Functions.Real(call, 1), b = Functions.Real(call, 2);
        double value = call.Real(3, "value", 1);
        if (value != 1) a = call.Emit(new Binary(BinaryKind.Multiply), a, TorchCall.Constant((float)value));
        return call.Operator == "aten::addcmul" ? Fused(call, a, b, data) : call.Emit(new Binary(BinaryKind.Add), data, call.Emit(new Binary(BinaryKind.Divide), a, b));
    }

    /// <summary>a * b + c, rounded once, shapes broadcast.</summary>
    public static Value Fused(TorchCall call, Value a, Value b, Value c)
    {
        var shape = Shape.Broadcast(a.Type.Shape, b.Type.Shape) is { } both && Shape.Broadcast(both, c.Type.Shape) is { } all ? all : throw call.Malformed($"does not take {a.Type}, {b.Type} and {c.Type}");
        Value Wide(Value value) => value.Type.Shape.Equals(shape) ? value : call.Emit(new BroadcastTo(shape), value);
        return call.Emit(new MultiplyAdd(), Wide(a), Wide(b), Wide(c));
    }

    [TorchOperator("aten::remainder")]
    public static object? Remainder(TorchCall call) => Of(call, BinaryKind.FloorModulo, (x, y) => y == 0 ? throw call.Malformed("divides by 0") : ((x % y) + y) % y, (x, y) => x - Math.Floor(x / y) * y);

    [TorchOperator("aten::pow")]
    public static object? Power(TorchCall call)
    {
        if (call.Argument(0) is Value { Type.Element: ElementType.F32 } data && call.Argument(1) is not Value)
        {
            if (call.Real(1) == 2) return call.Emit(new Unary(UnaryKind.Square), data);
            if (call.Real(1) == 3) return call.Emit(new Binary(BinaryKind.Multiply), call.Emit(new Unary(UnaryKind.Square), data), data);
            // Some powers have arithmetic of their own (PowKernel.cpp).
            if (call.Real(1) == -0.5) return call.Emit(new Unary(UnaryKind.Rsqrt), data);
            if (call.Real(1) == -1) return call.Emit(new Binary(BinaryKind.Divide), TorchCall.Constant(1f), data);
            if (call.Real(1) == -2) return call.Emit(new Binary(BinaryKind.Divide), TorchCall.Constant(1f), call.Emit(new Unary(UnaryKind.Square), data));
            if (call.Real(1) == 1) return Numbers.Copy(call.With(data));
            if (call.Real(1) == 0.5) return call.Emit(new Unary(UnaryKind.Sqrt), data);
        }
        return Of(call, BinaryKind.Power, (x, y) => (long)Math.Pow(x, y), Math.Pow);
    }

    [TorchOperator("aten::maximum", "prim::max")]
    public static object? Maximum(TorchCall call) => OfList(call) is { } numbers ? numbers.Max() : Of(call, BinaryKind.Maximum, Math.Max, Math.Max);

    [TorchOperator("aten::minimum", "prim::min")]
    public static object? Minimum(TorchCall call) => OfList(call) is { } numbers ? numbers.Min() : Of(call, BinaryKind.Minimum, Math.Min, Math.Min);

    // Python's min and max take a list of numbers as well.
    private static List<long>? OfList(TorchCall call) => call.Count == 1 && call.Argument(0) is TorchList { Items: { Count: > 0 } items } && items.TrueForAll(i => i is long) ? [.. items.Select(i => (long)i!)] : null;

    [TorchOperator("aten::neg", "aten::negative")]
    public static object? Negate(TorchCall call) => call.Argument(0) switch
    {
        long whole => -whole,
        double real => -real,
        _ => call.Emit(new Unary(UnaryKind.Negate), call.Tensor(0)),
    };

    [TorchOperator("quantized::add", "quantized::add_relu", "quantized::add_out", "quantized::add_relu_out")]
    public static object? QuantizedAdd(TorchCall call) => HasTensors(call) ? Quantized(call, product: false) : AddScalar(call);

    [TorchOperator("quantized::mul", "quantized::mul_relu", "quantized::mul_out", "quantized::mul_relu_out")]
    public static object? QuantizedMultiply(TorchCall call) => HasTensors(call) ? Quantized(call, product: true) : MultiplyScalar(call);

    /// <summary>The sum with a number changes scale and zero point, and the integers only where the zero point leaves its range.</summary>
    [TorchOperator("quantized::add_scalar", "quantized::add_scalar_relu")]
    public static object? AddScalar(TorchCall call)
    {
        var (data, number) = WithNumber(call);
        var (low, high) = TorchCall.RangeOf(data.Type.Element);
        double scale = Archive.Quantizations.Scale(data);
        long shift = (long)Math.Clamp(Math.Round(number / scale, MidpointRounding.ToEven), -1e9, 1e9);
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
        var (data, factor) = WithNumber(call);
        var (low, high) = TorchCall.RangeOf(data.Type.Element);
        double scale = Archive.Quantizations.Scale(data);
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

    private static bool HasTensors(TorchCall call) => call.Argument(0) is Value && call.Argument(1) is Value;

    // Quantized data and a number, which may come first.
    private static (Value Data, double Number) WithNumber(TorchCall call)
    {
        int data = call.Argument(0) is Value ? 0 : 1;
        return (call.Quantized(data), call.Real(1 - data));
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
        var (a, b) = (call.Quantized(0), call.Quantized(1));
        if (a.Type.Element != b.Type.Element) throw call.Malformed($"has operands {a.Type} and {b.Type}");
        // (a, b, out): as the tensor is quantized that takes the result.
        var output = call.Argument(2) is Value { Type.Quantization: { IsPerChannel: false } given } ? given : call.Output(2, 3, a.Type.Element);
        var (low, high) = TorchCall.RangeOf(a.Type.Element);
        if (call.Operator.Contains("_relu", StringComparison.Ordinal)) low = Math.Max(low, output.ZeroPoint);
        Operator op = product
            ? new QuantizedMul(MulArithmetic.Float32Inverse, a.Type.Element, low, high)
            : new QuantizedAdd(IsQnnpackSum(call, a.Type, b.Type, output) ? AddArithmetic.ShiftAway : IsVector(RowLength(call, a, b)) ? AddArithmetic.DequantizedFused : AddArithmetic.Dequantized, false, low, high);
        return call.EmitQuantized(op, output, a, b);
    }

    // QNNPACK adds uint8 tensors of one shape, of scales that are not too far from the result's.
    private static bool IsQnnpackSum(TorchCall call, TensorType a, TensorType b, Quantization y) =>
        call.Numerics == TorchNumerics.Qnnpack && a.Element == ElementType.U8 && a.Shape.Equals(b.Shape) && Math.Max(a.Scale, b.Scale) / y.Scale is >= 1f / 1024 and < 256;

    /// <summary>Whether PyTorch's vector kernels take so many elements that follow each other: two vectors of 64 bytes at a time. They dequantize by another formula than the scalar ones, which take the rest.</summary>
    public static bool IsVector(int count) => count >= 128;

    // Elements that both operands go through without a break, or of which one has just one: the innermost axes in memory, as far as they are one for both.
    private static int RowLength(TorchCall call, Value a, Value b)
    {
        int rank = Math.Max(a.Type.Shape.Rank, b.Type.Shape.Rank);
        int[] extentsA = Padded(a.Type.Shape, rank), extentsB = Padded(b.Type.Shape, rank);
        var order = Enumerable.Range(0, rank).Reverse();
        if (rank > 2 && call.Formats.IsChannelsLast(a.Type.Shape.ElementCount >= b.Type.Shape.ElementCount ? a : b)) order = order.Where(i => i > 1).Prepend(1).Append(0);
        long length = 1;
        bool? broadA = null, broadB = null;
        foreach (int i in order)
        {
            int extent = Math.Max(extentsA[i], extentsB[i]);
            if (extent == 1) continue;
            bool onceA = extentsA[i] == 1, onceB = extentsB[i] == 1;
            if ((broadA ?? onceA) != onceA || (broadB ?? onceB) != onceB) break;
            (broadA, broadB) = (onceA, onceB);
            length *= extent;
        }
        return (int)Math.Min(length, int.MaxValue);

        static int[] Padded(Shape shape, int rank) => [.. Enumerable.Repeat(1, rank - shape.Rank), .. shape];
    }
}
