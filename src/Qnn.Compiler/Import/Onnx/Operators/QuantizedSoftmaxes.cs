using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Softmax: of quantized numbers through a table of 256 exponentials, as ONNX Runtime does it; in float otherwise.</summary>
internal static class QuantizedSoftmaxes
{
    /// <summary>Between DequantizeLinear and QuantizeLinear it is a QLinearSoftmax; float otherwise.</summary>
    [OnnxOperator("Softmax", Varying = VaryingOperands.Taken)]
    public static void Softmax(OnnxNode node)
    {
        if (node.Quantized(0) is { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } q && node.Importer.Following(node) is { } target && target.Element == q.Type.Element && node.AreOfOneType([q], target))
        {
            node.Importer.Finish(target, Reductions.Along(node, q, node.Opset, x => Row(node, x, target.Quantization)));
            return;
        }
        Reductions.Rows(node, x => node.IsHalf(0) && node.Opset >= 13 ? Reductions.SoftmaxOfHalves(node, x, isLogarithm: false) : node.Emit(new Softmax(1, RowFunction.MlasSoftmax), x));
    }

    /// <summary>x, its scale and zero point, the result's.</summary>
    [OnnxOperator("QLinearSoftmax", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QLinearSoftmax(OnnxNode node) =>
        node.Result(Reductions.Along(node, node.WithScales(node.Input(0), 1, 2), node.Int("opset", 13), x => Row(node, x, node.Scales(3, 4))));

    // The greatest element of a row takes the last of the table, whose exponentials are as large as their sum allows.
    private static Value Row(OnnxNode node, Value x, Ir.Quantization y)
    {
        var element = x.Type.Element;
        // The greatest element's exponential is no number, nor is the sum, nor what is divided by it: 0 where a CPU makes it an integer.
        if (float.IsInfinity(x.Type.Scale)) return InfiniteScales.Everywhere(node, x.Type.Shape, element, y.ZeroPoint, y);
        float[] table = QuantizedSoftmaxLowering.LargeExponentials(x.Type.Scale, x.Type.Shape[-1]);
        float parts = MathF.Floor(1 / y.Scale);
        if (x.Type.Shape[-1] < 1 << 16 && parts <= QuantizedSoftmaxKernel.MostParts && float.IsFinite(table[255] * parts) && table[255] > 0) return node.EmitQuantized(new QuantizedSoftmax(SoftmaxArithmetic.Parts, 1, element), y, x);
        var most = node.Emit(new Reduce(ReduceKind.Max, new Ints(x.Type.Shape.Rank - 1), true), x);
        Value Wide(Value v) => node.Emit(new Cast(ElementType.S32), v);
        var places = node.Emit(new Binary(BinaryKind.Add), node.Emit(new Binary(BinaryKind.Subtract), Wide(x), Wide(most)), OnnxNode.Scalar(255));
        var exponentials = node.Emit(new Gather(0), Value.Of("exponentials", Tensor.Of<float>(new Shape(256), table)), places);
        var sum = node.Emit(new Reduce(ReduceKind.Sum, new Ints(x.Type.Shape.Rank - 1), true), exponentials);
        var scaled = node.Emit(new Binary(BinaryKind.Divide), node.Emit(new Binary(BinaryKind.Multiply), exponentials, OnnxNode.Scalar(parts)), sum);
        // What overflows becomes 0 where a CPU makes it an integer.
        if (float.IsInfinity(table[255] * parts)) scaled = node.Emit(new Select(), node.Emit(new Compare(CompareKind.Equal), scaled, OnnxNode.Scalar(float.PositiveInfinity)), OnnxNode.Scalar(0f), scaled);
        var steps = Wide(node.Emit(new Unary(UnaryKind.Round), scaled));
        steps = node.Emit(new Binary(BinaryKind.Add, float.NegativeInfinity, IntegerRange.Of(element).Max), steps, OnnxNode.Scalar(y.ZeroPoint));
        return node.EmitQuantized(new Cast(element), y, steps);
    }
}
