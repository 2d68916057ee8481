using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// What ONNX Runtime's integer operators make of scales that are infinite, or far apart: ranges of masks, which reach to the least float, lead to such.
/// A QuantizeLinear makes the zero point of every number then, and a DequantizeLinear no number of it.
/// </summary>
internal static class InfiniteScales
{
    /// <summary>Real numbers in units of the result, its zero point in them, as integers: what is none, or too great for 32 bits, becomes the least of those (cvtps2dq), and so the least result (MlasQLinearAdd, MlasQLinearMul).</summary>
    public static Value Converted(OnnxNode node, Value numbers, ElementType element, Ir.Quantization y)
    {
        var (low, high) = IntegerRange.Of(element);
        var kept = node.Emit(new Select(), node.Emit(new Compare(CompareKind.Less), numbers, OnnxNode.Scalar((float)(1L << 31))), numbers, OnnxNode.Scalar((float)low));
        return node.EmitQuantized(new Cast(element), y, node.Emit(new Unary(UnaryKind.Round), node.Emit(Unary.Clamp(low, high), kept)));
    }

    /// <summary>One number everywhere.</summary>
    public static Value Everywhere(OnnxNode node, Shape shape, ElementType element, int number, Ir.Quantization y) =>
        node.EmitQuantized(new BroadcastTo(shape), y, Value.Of("number", element == ElementType.U8 ? Tensor.Scalar((byte)number) : Tensor.Scalar((sbyte)number)));

    /// <summary>Exact sums times factors that are not finite, one or one a channel of the last axis, clamped and rounded in float (MlasRequantizeOutput); null where they are finite.</summary>
    public static Value? Requantized(OnnxNode node, Value sums, IReadOnlyList<double> factors, ElementType element, Ir.Quantization y)
    {
        if (factors.All(double.IsFinite)) return null;
        var spread = Value.Of("scales", Tensor.Of<float>(factors.Count == 1 ? Shape.Scalar : new Shape(factors.Count), [.. factors.Select(f => (float)f)]));
        return node.EmitQuantized(new Quantize(element, QuantizeArithmetic.MultiplyEven, 1), y, node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Cast(ElementType.F32), sums), spread));
    }
}
