using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Attention as ONNX has it since version 23, and what belongs to it; in float.</summary>
internal static class Attentions
{
    /// <summary>
    /// softmax(cap(scale * Q K') + mask) V for each head. Operands: Q, K, V ([B, heads, S, D], or [B, S, heads * D]), mask (of bool, or added), past keys and values.
    /// Fewer heads of keys and values serve several of queries each. Results: Y, keys and values with their past.
    /// </summary>
    [OnnxOperator("Attention")]
    public static void Attention(OnnxNode node)
    {
        if (node.Proto.Output.Count > 3 && node.Proto.Output[3].Length > 0) throw node.Unsupported("it gives its scores");
        bool flat = node.Input(0).Type.Shape.Rank == 3;
        var (q, k, v) = (Heads(node, node.Input(0), "q_num_heads"), Heads(node, node.Input(1), "kv_num_heads"), Heads(node, node.Input(2), "kv_num_heads"));
        int past = 0;
        if (node.OptionalInput(4) is { } keys)
        {
            past = keys.Type.Shape[-2];
            (k, v) = (node.Emit(new Concat(2), keys, k), node.Emit(new Concat(2), node.Input(5), v));
        }
        var y = Attend(node, q, k, v, node.OptionalInput(3), past, node.Int("is_causal", 0) != 0, node.Float("scale", 0), node.Float("softcap", 0));
        var s = y.Type.Shape;
        node.Result(flat ? node.Reshape(Channels.Permute(node.Importer.Builder, y, [0, 2, 1, 3], node.Location), s[0], s[2], s[1] * s[3]) : y);
        node.Result(k, 1);
        node.Result(v, 2);
    }

    /// <summary>
    /// Queries, keys and values [B, S, heads * D] of their own; their biases in one row; a mask of the keys (int32: how many of each batch, or which), and what is added to the scores.
    /// </summary>
    [OnnxOperator("MultiHeadAttention", OnnxOperatorAttribute.Microsoft)]
    public static void MultiHeadAttention(OnnxNode node)
    {
        if (Enumerable.Range(6, Math.Max(0, node.InputCount - 6)).Any(i => node.OptionalInput(i) is not null) || node.Proto.Output.Skip(1).Any(o => o.Length > 0)) throw node.Unsupported("it has a past, or gives more than its result");
        if (Enumerable.Range(0, 3).Any(i => node.Input(i).Type.Shape.Rank != 3)) throw node.Unsupported("its queries, keys and values are packed");
        int first = 0;
        Value Part(int operand)
        {
            var x = node.Input(operand);
            if (node.OptionalInput(3) is { } bias)
            {
                x = node.Emit(new Binary(BinaryKind.Add), x, node.Emit(StridedSlice.OfAxis(bias.Type.Shape, 0, first, x.Type.Shape[2]), bias));
                first += x.Type.Shape[2];
            }
            return Heads(node, x, "num_heads");
        }
        var (q, k, v) = (Part(0), Part(1), Part(2));
        Value? mask = node.OptionalInput(5);
        if (node.OptionalInput(4) is { } seen)
        {
            if (mask is not null) throw node.Unsupported("it has a mask and a bias of its scores");
            mask = Transformers.Hidden(node, seen, q.Type.Shape[0], k.Type.Shape[2]);
        }
        var y = Attend(node, q, k, v, mask, 0, node.Int("unidirectional", 0) != 0, node.Float("scale", 0), 0);
        var s = y.Type.Shape;
        node.Result(node.Reshape(Channels.Permute(node.Importer.Builder, y, [0, 2, 1, 3], node.Location), s[0], s[2], s[1] * s[3]));
    }

    /// <summary>Turns pairs of numbers by angles: (a cos - b sin, b cos + a sin). Operands: x, cosines, sines, positions.</summary>
    [OnnxOperator("RotaryEmbedding")]
    public static void RotaryEmbedding(OnnxNode node) => Rotate(node, node.Input(1), node.Input(2), node.OptionalInput(3));

    /// <summary>The same, its operands in another order: x, positions, cosines, sines.</summary>
    [OnnxOperator("RotaryEmbedding", OnnxOperatorAttribute.Microsoft)]
    public static void MicrosoftRotaryEmbedding(OnnxNode node) => Rotate(node, node.Input(2), node.Input(3), node.Input(1));

    private static void Rotate(OnnxNode node, Value cosines, Value sines, Value? positions)
    {
        bool flat = node.Input(0).Type.Shape.Rank == 3;
        var x = flat && node.Int("num_heads", 0) == 0 ? throw node.Unsupported("it does not say its heads") : Heads(node, node.Input(0), "num_heads");
        var s = x.Type.Shape;
        int turned = node.Int("rotary_embedding_dim", 0) is > 0 and var stated ? stated : s[3], half = turned / 2;
        if (turned % 2 != 0 || turned > s[3]) throw node.Malformed($"turns {turned} of {s[3]} numbers");
        Value Angles(Value table)
        {
            if (positions is null) return node.Reshape(table, s[0], 1, s[2], half);
            if (positions.Type.Shape.ElementCount != s[0] * s[2]) throw node.Unsupported($"its positions have shape {positions.Type.Shape}");
            var rows = node.Emit(new Gather(0), table, node.Reshape(positions, s[0], s[2]));
            return node.Reshape(node.Emit(StridedSlice.OfAxis(rows.Type.Shape, 2, 0, half), rows), s[0], 1, s[2], half);
        }
        var (cos, sin) = (Angles(cosines), Angles(sines));
        bool interleaved = node.Int("interleaved", 0) != 0;
        var front = node.Emit(StridedSlice.OfAxis(s, 3, 0, turned), x);
        // Pairs lie beside each other, or half the numbers apart.
        int[] apart = interleaved ? [s[0], s[1], s[2], half, 2] : [s[0], s[1], s[2], 2, half];
        int axis = interleaved ? 4 : 3;
        Value Part(int i) => node.Reshape(node.Emit(StridedSlice.OfAxis(new Shape(apart), axis, i, 1), node.Reshape(front, apart)), s[0], s[1], s[2], half);
        Value Times(Value a, Value b) => node.Emit(new Binary(BinaryKind.Multiply), a, b);
        var (a, b) = (Part(0), Part(1));
        var first = node.Emit(new Binary(BinaryKind.Subtract), Times(a, cos), Times(b, sin));
        var second = node.Emit(new Binary(BinaryKind.Add), Times(b, cos), Times(a, sin));
        int[] single = interleaved ? [s[0], s[1], s[2], half, 1] : [s[0], s[1], s[2], 1, half];
        var y = node.Reshape(node.Emit(new Concat(axis), node.Reshape(first, single), node.Reshape(second, single)), s[0], s[1], s[2], turned);
        if (turned < s[3]) y = node.Emit(new Concat(3), y, node.Emit(StridedSlice.OfAxis(s, 3, turned, s[3] - turned), x));
        node.Result(flat ? node.Reshape(Channels.Permute(node.Importer.Builder, y, [0, 2, 1, 3], node.Location), s[0], s[2], s[1] * s[3]) : y);
    }

    // [B, S, heads * D] as [B, heads, S, D].
    private static Value Heads(OnnxNode node, Value x, string attribute)
    {
        var s = x.Type.Shape;
        if (s.Rank == 4) return x;
        int heads = node.Int(attribute, 0);
        if (s.Rank != 3 || heads < 1 || s[2] % heads != 0) throw node.Malformed($"has data {x.Type} in {heads} heads");
        return Channels.Permute(node.Importer.Builder, node.Reshape(x, s[0], s[1], heads, s[2] / heads), [0, 2, 1, 3], node.Location);
    }

    private static Value Attend(OnnxNode node, Value q, Value k, Value v, Value? mask, int past, bool causal, float scale, float cap)
    {
        var (s, t) = (q.Type.Shape, k.Type.Shape);
        if (t.Rank != 4 || v.Type.Shape.Rank != 4 || t[1] < 1 || s[1] % t[1] != 0 || t[3] != s[3] || v.Type.Shape[2] != t[2]) throw node.Malformed($"has queries {q.Type}, keys {k.Type} and values {v.Type}");
        if (t[1] != s[1])
        {
            // A head of keys after the other, each as often as it has queries.
            Value Repeated(Value x)
            {
                var e = x.Type.Shape;
                var spread = node.Emit(new BroadcastTo(new Shape(e[0], e[1], s[1] / e[1], e[2], e[3])), node.Reshape(x, e[0], e[1], 1, e[2], e[3]));
                return node.Reshape(spread, e[0], s[1], e[2], e[3]);
            }
            (k, v) = (Repeated(k), Repeated(v));
        }
        var transposed = Channels.Permute(node.Importer.Builder, k, [0, 1, 3, 2], node.Location);
        var scores = node.Emit(new BatchMatMul(MatrixProducts.Run(s[3], t[2])), q, transposed);
        float factor = scale == 0 ? 1 / MathF.Sqrt(s[3]) : scale;
        // What is added joins the product with one rounding.
        bool joins = mask is { Type.Element: ElementType.F32 } && cap == 0 && !causal;
        scores = joins
            ? node.Emit(new MultiplyAdd(), scores, OnnxNode.Scalar(factor), node.Emit(new BroadcastTo(scores.Type.Shape), mask!))
            : node.Emit(new Binary(BinaryKind.Multiply), scores, OnnxNode.Scalar(factor));
        if (causal)
        {
            bool[] seen = [.. Enumerable.Range(0, checked(s[2] * t[2])).Select(i => i % t[2] <= i / t[2] + past)];
            scores = Hide(node, scores, Value.Of("seen", Tensor.Of<bool>(new Shape(s[2], t[2]), seen)));
        }
        if (cap > 0)
        {
            var bounded = node.Emit(new Unary(UnaryKind.MlasTanh), node.Emit(new Binary(BinaryKind.Divide), scores, OnnxNode.Scalar(cap)));
            scores = node.Emit(new Binary(BinaryKind.Multiply), bounded, OnnxNode.Scalar(cap));
        }
        if (mask is { Type.Element: ElementType.Bool }) scores = Hide(node, scores, mask);
        else if (mask is not null && !joins) scores = node.Emit(new Binary(BinaryKind.Add), scores, mask);
        return node.Emit(new BatchMatMul(MatrixProducts.Run(t[2], v.Type.Shape[3])), node.Emit(new Softmax(1, RowFunction.MlasSoftmax), scores), v);
    }

    private static Value Hide(OnnxNode node, Value scores, Value seen) => node.Emit(new Select(), seen, scores, OnnxNode.Scalar(float.MinValue));
}
