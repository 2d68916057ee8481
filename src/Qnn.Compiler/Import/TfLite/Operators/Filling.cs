using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>FILL, RANGE, ZEROS_LIKE: mostly constants.</summary>
internal static class Filling
{
    private const long LimitElements = 1 << 24;

    [TfLiteOperator(BuiltinOperator.FILL)]
    public static void Fill(TfLiteNode node) =>
        node.EmitResult(new Ir.Operators.BroadcastTo(new Shape(node.ConstantInts(0, "the shape"))), node.Reshape(node.Input(1)));

    [TfLiteOperator(BuiltinOperator.ZEROS_LIKE)]
    public static void ZerosLike(TfLiteNode node)
    {
        var type = node.Input(0).Type;
        var zero = new Ir.Tensor(new Ir.TensorType(type.Element, Shape.Scalar, node.OutputQuantization()));
        node.EmitResult(new Ir.Operators.BroadcastTo(type.Shape), node.AddConstant("zero", zero));
    }

    /// <summary>start, start + delta, ... before limit.</summary>
    [TfLiteOperator(BuiltinOperator.RANGE)]
    public static void Range(TfLiteNode node)
    {
        Ir.Tensor start = node.Constant(0, "the start"), limit = node.Constant(1, "the limit"), delta = node.Constant(2, "the step");
        var element = start.Type.Element;
        if (limit.Type.Element != element || delta.Type.Element != element) throw node.Malformed("mixes element types");
        foreach (var tensor in (Ir.Tensor[])[start, limit, delta])
        {
            if (tensor.Type.Shape.ElementCount != 1) throw node.Malformed("takes scalars only");
        }
        Ir.Tensor range = element switch
        {
            ElementType.F32 => Floats(start.Span<float>()[0], limit.Span<float>()[0], delta.Span<float>()[0]),
            ElementType.S32 => Ir.Tensor.Of<int>(Length(start, limit, delta), [.. Integers(start, limit, delta).Select(v => (int)v)]),
            ElementType.S64 => Ir.Tensor.Of<long>(Length(start, limit, delta), [.. Integers(start, limit, delta)]),
            _ => throw node.Unsupported($"its element type is {element.Name()}"),
        };
        node.Bind(0, node.AddConstant("value", range));

        Shape Length(Ir.Tensor from, Ir.Tensor to, Ir.Tensor by)
        {
            var (s, l, d) = ((Int128)from.ToInt64()[0], (Int128)to.ToInt64()[0], (Int128)by.ToInt64()[0]);
            if (d == 0) throw node.Malformed("has a step of 0");
            var count = d > 0 ? (l - s + d - 1) / d : (s - l - d - 1) / -d;
            return Checked((double)Int128.Max(count, 0));
        }

        IEnumerable<long> Integers(Ir.Tensor from, Ir.Tensor to, Ir.Tensor by)
        {
            long s = from.ToInt64()[0], d = by.ToInt64()[0];
            return Enumerable.Range(0, Length(from, to, by).ElementCount).Select(i => unchecked(s + i * d));
        }

        // TFLite adds the step again and again, in float.
        Ir.Tensor Floats(float s, float l, float d)
        {
            if (d == 0 || !float.IsFinite(s) || !float.IsFinite(l) || !float.IsFinite(d)) throw node.Malformed("has a step of 0 or a bound that is not finite");
            var values = new float[Checked(Math.Max(0, Math.Ceiling(Math.Abs((l - s) / d)) * (s <= l == d > 0 ? 1 : 0))).ElementCount];
            float value = s;
            for (int i = 0; i < values.Length; i++, value += d) values[i] = value;
            return Ir.Tensor.Of<float>(new Shape(values.Length), values);
        }

        Shape Checked(double count) => count <= LimitElements ? new Shape((int)count) : throw node.Unsupported($"it makes {count} elements");
    }
}
