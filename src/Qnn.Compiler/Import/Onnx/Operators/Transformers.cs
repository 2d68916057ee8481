using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>The operators of transformers, those among them that ONNX Runtime fuses, in its order of operations.</summary>
internal static class Transformers
{
    /// <summary>Over the axes from one on.</summary>
    [OnnxOperator("LayerNormalization", Varying = VaryingOperands.Taken)]
    public static void LayerNormalization(OnnxNode node)
    {
        var x = node.Input(0);
        var shape = x.Type.Shape;
        float epsilon = node.Float("epsilon", 1e-5f);
        if (node.Importer.Patterns.SumBefore(node, node.Proto.Input[0], 1) is { } sum && node.Input(1).Type.Shape.Rank == 1)
        {
            node.Result(Skip(node, sum.Left, sum.Right, sum.Bias, node.Input(1), node.OptionalInput(2), epsilon).Y);
            return;
        }
        int axis = node.Axis(node.Int("axis", -1), shape.Rank), width = shape.Skip(axis).Aggregate(1, (n, e) => n * e);
        Value? Row(Value? v) => v is null ? null : node.Reshape(node.Emit(new BroadcastTo(new Shape(shape.Span[axis..])), v), width);
        var rows = node.Reshape(x, [.. shape.Span[..axis], width]);
        var (scale, bias) = (Row(node.Input(1))!, Row(node.OptionalInput(2)));
        node.Result(node.Reshape(node.RunsInHalves ? node.Importer.Rounded(node.Emit(new LayerNormalization(epsilon, LayerNormalizationKind.TwoPassesOfHalves), rows, scale, bias)) : node.Emit(new LayerNormalization(epsilon), rows, scale, bias), shape.Span));
        if (node.Proto.Output.Count < 2) return;
        var (_, mean, deviation) = Reductions.Normalized(node, x, [.. Enumerable.Range(axis, shape.Rank - axis)], epsilon);
        node.Result(mean, 1);
        node.Result(node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(1f), deviation), 2);
    }

    /// <summary>a / b, which may be the last but two steps of a layer normalization written out.</summary>
    [OnnxOperator("Div", Varying = VaryingOperands.Aligned)]
    public static void Div(OnnxNode node)
    {
        if (node.Importer.Patterns.LayerNormalizationAround(node) is not { } group)
        {
            Elementwise.Pairwise(node, BinaryKind.Divide);
            return;
        }
        // Its mean and its difference take the operand.
        var y = node.Importer.Patterns.SumBefore(node, group.Operand, 2) is { } sum
            ? Skip(node, sum.Left, sum.Right, sum.Bias, group.Scale, group.Bias, group.Epsilon).Y
            : node.Emit(new LayerNormalization(group.Epsilon), node.Importer.ValueOf(group.Operand, node), group.Scale, group.Bias);
        node.Importer.Finish(group.Nodes, y);
    }

    /// <summary>x + skip (+ bias), normalized over the last axis. Operands: x, skip, gamma, beta, bias. Its sums run along the row, unlike LayerNormalization's.</summary>
    [OnnxOperator("SkipLayerNormalization", OnnxOperatorAttribute.Microsoft)]
    public static void SkipLayerNormalization(OnnxNode node)
    {
        var (y, sum) = Skip(node, node.Input(0), node.Input(1), node.OptionalInput(4), node.Input(2), node.OptionalInput(3), node.Float("epsilon", 1e-12f));
        node.Result(node.AsItRuns(y));
        node.Result(node.AsItRuns(sum), 3);
    }

    private static (Value Y, Value Sum) Skip(OnnxNode node, Value x, Value skip, Value? bias, Value scale, Value? offset, float epsilon)
    {
        var sum = Add(node, x, skip);
        if (bias is not null) sum = Add(node, sum, bias);
        return (node.Emit(new LayerNormalization(epsilon, LayerNormalizationKind.Running), sum, scale, offset), sum);
    }

    /// <summary>x / 2 * (1 + erf(x / sqrt 2)), or its approximation by tanh.</summary>
    [OnnxOperator("Gelu", Varying = VaryingOperands.Taken)]
    [OnnxOperator("Gelu", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void Gelu(OnnxNode node) =>
        node.Result(node.Text("approximate", "none") == "tanh" ? ByTanh(node, node.Input(0)) : node.IsHalf(0) && node.Proto.Domain.Length == 0 ? OfHalves(node, node.Input(0)) : ByErf(node, node.Input(0)));

    // Of halves ONNX Runtime runs the operators of ONNX's function.
    private static Value OfHalves(OnnxNode node, Value x)
    {
        var half = Multiply(node, OnnxNode.Scalar(0.5f), x);
        var inner = node.Emit(new Unary(UnaryKind.MlasErf), node.Emit(new Binary(BinaryKind.Divide), x, OnnxNode.Scalar(MathF.Sqrt(2))));
        return Multiply(node, half, Add(node, OnnxNode.Scalar(1f), inner));
    }

    /// <summary>erf x, and with what stands around it a Gelu, which ONNX Runtime finds: x / sqrt 2 before it, + 1, * x and * 1/2 behind it, in this order.</summary>
    [OnnxOperator("Erf", Varying = VaryingOperands.Taken)]
    public static void Erf(OnnxNode node)
    {
        if (node.Importer.Patterns.GeluAround(node) is { } gelu)
        {
            var operand = node.Importer.ValueOf(gelu.Operand, node);
            var y = ByErf(node, operand);
            if (node.Importer.Blocks.IsBlocked(operand)) node.Importer.Blocks.Keep(y);
            node.Importer.Finish(gelu.Nodes, y);
        }
        else Elementwise.Function(node, new Unary(UnaryKind.MlasErf));
    }

    /// <summary>tanh x, and with what stands around it a Gelu, which ONNX Runtime finds.</summary>
    [OnnxOperator("Tanh", Varying = VaryingOperands.Taken)]
    public static void Tanh(OnnxNode node)
    {
        if (node.Importer.Patterns.TanhGeluAround(node) is { } gelu) node.Importer.Finish(gelu.Nodes, ByTanh(node, node.Importer.ValueOf(gelu.Operand, node)));
        else Elementwise.Function(node, new Unary(UnaryKind.MlasTanh));
    }

    /// <summary>Gelu of x + bias.</summary>
    [OnnxOperator("BiasGelu", OnnxOperatorAttribute.Microsoft)]
    public static void BiasGelu(OnnxNode node) => node.Result(ByErf(node, Add(node, node.Input(0), node.Input(1))));

    /// <summary>Gelu by tanh, of x or of x + bias.</summary>
    [OnnxOperator("FastGelu", OnnxOperatorAttribute.Microsoft)]
    public static void FastGelu(OnnxNode node)
    {
        var x = node.OptionalInput(1) is { } bias ? Add(node, node.Input(0), bias) : node.Input(0);
        node.Result(node.IsHalf(0) ? ByTanhOfHalves(node, x) : ByTanh(node, x));
    }

    // Of halves ONNX Runtime runs the operators of its function: 1/2 * (x * (1 + tanh(x * (b + c x^2)))), whose constants are halves.
    private static Value ByTanhOfHalves(OnnxNode node, Value x)
    {
        Value Half(float number) => OnnxNode.Scalar((float)(Half)number);
        var inner = Multiply(node, x, Add(node, Half(0.797885f), Multiply(node, Half(0.035677f), Multiply(node, x, x))));
        return Multiply(node, Half(0.5f), Multiply(node, x, Add(node, OnnxNode.Scalar(1f), node.Emit(new Unary(UnaryKind.MlasTanh), inner))));
    }

    /// <summary>x * logistic(alpha * x)</summary>
    [OnnxOperator("QuickGelu", OnnxOperatorAttribute.Microsoft)]
    public static void QuickGelu(OnnxNode node)
    {
        var x = node.Input(0);
        float alpha = node.Float("alpha", 1.702f);
        node.Result(Multiply(node, x, node.Emit(new Unary(UnaryKind.MlasLogistic), alpha == 1 ? x : Multiply(node, x, OnnxNode.Scalar(alpha)))));
    }

    private static Value ByErf(OnnxNode node, Value x) => node.Emit(new Unary(UnaryKind.MlasGelu), x);

    // x * (tanh(x * (c x^2 + b)) / 2 + 1 / 2)
    private static Value ByTanh(OnnxNode node, Value x)
    {
        const float B = 0.7978845608028654f, C = 0.035677408136300125f;
        var inner = Multiply(node, x, Add(node, Multiply(node, Multiply(node, OnnxNode.Scalar(C), x), x), OnnxNode.Scalar(B)));
        var half = Multiply(node, node.Emit(new Unary(UnaryKind.MlasTanh), inner), OnnxNode.Scalar(0.5f));
        return Multiply(node, x, Add(node, half, OnnxNode.Scalar(0.5f)));
    }

    /// <summary>
    /// Embeddings of words, positions and segments made real and added up, then normalized. Operands: words, segments, their tables, gamma, beta, mask, and a scale and a zero point for each of the five.
    /// </summary>
    [OnnxOperator("QEmbedLayerNormalization", OnnxOperatorAttribute.Microsoft)]
    public static void QEmbedLayerNormalization(OnnxNode node) => Embed(node, operand => node.Emit(new Dequantize(), node.WithScales(node.Input(operand), operand + 6, operand + 11)), null);

    /// <summary>The same of tables of floats, with positions of its own, and the sum as a third result.</summary>
    [OnnxOperator("EmbedLayerNormalization", OnnxOperatorAttribute.Microsoft)]
    public static void EmbedLayerNormalization(OnnxNode node) => Embed(node, node.Input, node.OptionalInput(8));

    private static void Embed(OnnxNode node, Func<int, Value> table, Value? positions)
    {
        var words = node.Input(0);
        if (words.Type.Shape.Rank != 2) throw node.Malformed($"has words {words.Type}");
        Value Row(int operand, Value indices) => node.Emit(new Gather(0), table(operand), indices);
        positions ??= node.Reshape(OnnxNode.Iota(1, 0, words.Type.Shape[1]), 1, words.Type.Shape[1]);
        var sum = Add(node, Row(2, words), Row(3, positions));
        if (node.OptionalInput(1) is { } segments) sum = Add(node, sum, Row(4, segments));
        var normalized = Reductions.Normalized(node, sum, [2], node.Float("epsilon", 1e-12f)).Y;
        node.Result(Add(node, Multiply(node, normalized, table(5)), table(6)));
        node.Result(sum, 2);
        if (node.Proto.Output.Count < 2) return;
        var ones = node.OptionalInput(7) is { } mask
            ? node.Emit(new Cast(ElementType.S32), node.Emit(new Compare(CompareKind.Equal), mask, OnnxNode.Scalar(1)))
            : node.Emit(new BroadcastTo(words.Type.Shape), OnnxNode.Scalar(0));
        node.Result(node.Emit(new Reduce(ReduceKind.Sum, new Ints(1), false), ones), 1);
    }

    /// <summary>
    /// Attention of several heads on quantized data: x, weights, bias, their scales, mask, their zero points. Queries, keys and values are exact sums made real;
    /// softmax(queries * keys / sqrt(head)) * values is computed in float.
    /// </summary>
    [OnnxOperator("QAttention", OnnxOperatorAttribute.Microsoft)]
    public static void QAttention(OnnxNode node)
    {
        var sums = MatrixProducts.Integer(node, node.Input(0), node.Input(1), node.OptionalInput(6), node.OptionalInput(7));
        SelfAttention(node, MatrixProducts.Scaled(node, sums, node.Input(3), node.Input(4), node.Input(2)), node.OptionalInput(5), node.OptionalInput(8));
    }

    /// <summary>The same in float: x, weights, bias, mask, past, and what is added to the scores.</summary>
    [OnnxOperator("Attention", OnnxOperatorAttribute.Microsoft)]
    public static void Attention(OnnxNode node)
    {
        if (node.Ints("qkv_hidden_sizes") is not null || node.OptionalInput(6) is not null) throw node.Unsupported("its parts have widths of their own, or its past a place of its own");
        var (x, weights) = (node.Input(0), node.Input(1));
        if (x.Type.Shape.Rank != 3 || weights.Type.Shape.Rank != 2) throw node.Malformed($"has data {x.Type} and weights {weights.Type}");
        var shape = x.Type.Shape;
        var rows = node.Reshape(x, shape[0] * shape[1], shape[2]);
        var real = node.OptionalInput(2) is { } bias ? MatrixProducts.Onto(node, rows, weights, bias) : MatrixProducts.Real(node, rows, weights);
        SelfAttention(node, node.Reshape(real, shape[0], shape[1], weights.Type.Shape[1]), node.OptionalInput(3), node.OptionalInput(4), node.OptionalInput(5));
    }

    // Queries, keys and values [B, S, 3 * width] beside each other.
    private static void SelfAttention(OnnxNode node, Value real, Value? mask, Value? before, Value? bias = null)
    {
        var shape = real.Type.Shape;
        int heads = node.Int("num_heads", 0), width = shape[-1] / 3;
        if (shape.Rank != 3 || heads < 1 || width % heads != 0) throw node.Malformed($"has data {real.Type} and {heads} heads");
        if (node.Int("do_rotary", 0) != 0) throw node.Unsupported("it rotates");
        int batches = shape[0], length = shape[1], head = width / heads;
        // [B, S, 3, N, H] to [3, B, N, S, H]
        var apart = Channels.Permute(node.Importer.Builder, node.Reshape(real, batches, length, 3, heads, head), [2, 0, 3, 1, 4], node.Location);
        Value Part(int i) => node.Reshape(node.Emit(StridedSlice.OfAxis(apart.Type.Shape, 0, i, 1), apart), batches, heads, length, head);
        var (present, values) = (Part(1), Part(2));
        int past = 0;
        if (before is not null)
        {
            // [2, B, N, P, H]
            past = before.Type.Shape[-2];
            Value Before(int i) => node.Reshape(node.Emit(StridedSlice.OfAxis(before.Type.Shape, 0, i, 1), before), batches, heads, past, head);
            (present, values) = (node.Emit(new Concat(2), Before(0), present), node.Emit(new Concat(2), Before(1), values));
        }
        int total = past + length;
        Value Single(Value v) => node.Reshape(v, 1, batches, heads, total, head);
        if (node.Proto.Output.Count > 1 && node.Proto.Output[1].Length > 0) node.Result(node.Emit(new Concat(0), Single(present), Single(values)), 1);
        var keys = Channels.Permute(node.Importer.Builder, present, [0, 1, 3, 2], node.Location);
        float scale = node.Float("scale", 0) is var stated && stated != 0 ? stated : 1 / MathF.Sqrt(head);
        var scores = node.Emit(new BatchMatMul(MatrixProducts.Run(head, total)), Part(0), keys);
        if (bias is null) scores = Mask(node, scores, mask, scale, batches, length, past);
        else if (mask is not null || node.Int("unidirectional", 0) != 0) throw node.Unsupported("it has a mask and a bias of its scores");
        else scores = Add(node, Multiply(node, scores, OnnxNode.Scalar(scale)), bias);
        var mixed = node.Emit(new BatchMatMul(MatrixProducts.Run(total, head)), node.Emit(new Softmax(1, RowFunction.MlasSoftmax), scores), values);
        node.Result(node.Reshape(Channels.Permute(node.Importer.Builder, mixed, [0, 2, 1, 3], node.Location), batches, length, width));
    }

    // score * scale + what masks a place; one rounding where there is a mask.
    private static Value Mask(OnnxNode node, Value scores, Value? mask, float scale, int batches, int length, int past)
    {
        if (node.Int("unidirectional", 0) != 0)
        {
            if (mask is not null) throw node.Unsupported("it looks back only and has a mask");
            int columns = past + length;
            float filter = Filter(node);
            float[] later = [.. Enumerable.Range(0, checked(length * columns)).Select(i => i % columns > i / columns + past ? filter : 0)];
            var ahead = Value.Of("ahead", Tensor.Of<float>(new Shape(length, columns), later));
            return node.Emit(new MultiplyAdd(), scores, OnnxNode.Scalar(scale), node.Emit(new BroadcastTo(scores.Type.Shape), ahead));
        }
        if (mask is null) return Multiply(node, scores, OnnxNode.Scalar(scale));
        if (past > 0) throw node.Unsupported("it has a mask and a past");
        return node.Emit(new MultiplyAdd(), scores, OnnxNode.Scalar(scale), node.Emit(new BroadcastTo(scores.Type.Shape), Hidden(node, mask, batches, length)));
    }

    private static float Filter(OnnxNode node) => node.Float("mask_filter_value", -10000);

    /// <summary>What is added to the scores of keys [B, 1, 1, S], by a mask that says how many of a batch are seen, or which.</summary>
    public static Value Hidden(OnnxNode node, Value mask, int batches, int length)
    {
        var seen = mask.Type.Shape switch
        {
            { Rank: 1 } s when s[0] == batches => node.Emit(new Compare(CompareKind.Less), node.Emit(new Cast(ElementType.S32), OnnxNode.Iota(2, 1, length)), node.Reshape(mask, batches, 1)),
            { Rank: 2 } s when s[0] == batches && s[1] == length => node.Emit(new Compare(CompareKind.Greater), mask, OnnxNode.Scalar(0)),
            var s => throw node.Unsupported($"its mask has shape {s}"),
        };
        return node.Emit(new Select(), node.Reshape(seen, batches, 1, 1, length), OnnxNode.Scalar(0f), OnnxNode.Scalar(Filter(node)));
    }

    private static Value Add(OnnxNode node, Value a, Value b) => node.Emit(new Binary(BinaryKind.Add), a, b);

    private static Value Multiply(OnnxNode node, Value a, Value b) => node.Emit(new Binary(BinaryKind.Multiply), a, b);
}
