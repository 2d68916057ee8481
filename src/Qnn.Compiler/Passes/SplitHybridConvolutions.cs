using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Passes;

/// <summary>
/// <c>qnn.hybrid_conv2d(x, scale, zero point) => qnn.scaled_sums(qnn.dense(x), scale * weight scales, zero point * column sums)</c>: the kernels of static quantization find the sums,
/// and what the zero point, which is known at run time only, has added to them is taken off behind.
/// Of one image, whose windows stay inside: taps outside would not see the zero point.
/// </summary>
public sealed class SplitHybridConvolutions : NodeRewritePass
{
    /// <inheritdoc/>
    public override string Name => "split-hybrid-convolutions";

    /// <inheritdoc/>
    protected override IReadOnlyList<Value>? Rewrite(Node node, RewriteContext context)
    {
        if (node.Operator is not HybridConv2D { Groups: 1, Window.IsPadded: false } op || node.Input(0).Type.Shape[0] != 1 || node.Input(3) is not { IsConstant: true } weights) return null;
        int outputs = weights.Type.Shape[0], products = weights.Type.Shape.ElementCount / outputs;
        // Sums of all products and the zero point's share fit in 32 bits.
        if (products > int.MaxValue / (2 * 128 * 128)) return null;
        Value Emit(Operator made, params Value?[] operands) => context.Builder.Add(made, operands, node.Location);

        bool isDense = op.Window.Equals(new Window2D(1, 1));
        var rows = isDense ? Value.Of("weights", new Tensor(weights.Type with { Shape = new Shape(outputs, products) }, weights.Constant!.Bytes)) : weights;
        var sums = Emit(isDense ? new QnnDense() : new QnnConv2D(op.Window), node.Input(0), rows);

        Value? zeroPoint = null, columns = null;
        if (context.Builder.Producer(node.Input(2)) is not { Operator: DynamicQuantize { Asymmetric: false, Xnnpack: false, TorchRange: 0 } })
        {
            var totals = new int[outputs];
            int[] elements = weights.Constant!.ToInt32();
            for (int i = 0; i < elements.Length; i++) totals[i / products] += elements[i];
            (zeroPoint, columns) = (node.Input(2), Value.Of("column_sums", Tensor.Of<int>(new Shape(outputs), totals)));
        }

        var scales = Value.Of("scales", Tensor.Of<float>(new Shape(outputs), weights.Type.Quantization!.ScalesOf(outputs)));
        var bias = node.OptionalInput(4) ?? Value.Of("bias", Tensor.Of<float>(new Shape(outputs), new float[outputs]));
        Value Scaled(Value first, Value second) => Emit(new Binary(BinaryKind.Add), Emit(new Binary(BinaryKind.Multiply), Emit(new ScaledSums(), sums, first, null, zeroPoint, columns), second), bias);
        var result = op.Scaling switch
        {
            HybridScaling.WeightFirst => Scaled(scales, node.Input(1)),
            HybridScaling.DataFirst => Scaled(node.Input(1), scales),
            _ => Emit(new ScaledSums(op.Scaling == HybridScaling.Fused), sums, Emit(new Binary(BinaryKind.Multiply), scales, node.Input(1)), bias, zeroPoint, columns),
        };
        return [op.Min == float.NegativeInfinity && op.Max == float.PositiveInfinity ? result : Emit(Unary.Clamp(op.Min, op.Max), result)];
    }
}
