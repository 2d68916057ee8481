using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Reduction;

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
        var (mask, causal, cap) = (node.OptionalInput(3), node.Int("is_causal", 0) != 0, node.Float("softcap", 0));
        // What is added joins the product with one rounding.
        bool joins = mask is { Type.Element: ElementType.F32 } && cap == 0 && !causal;
        var y = Attend(node, q, k, v, joins ? mask : null, joins ? null : mask, past, causal, node.Float("scale", 0), cap);
        node.Result(flat ? Flat(node, y) : y);
        node.Result(k, 1);
        node.Result(v, 2);
    }

    /// <summary>
    /// Queries, keys and values [B, S, heads * D] of their own; their biases in one row; a mask of the keys (int32: how many of each batch, or which), and what is added to the scores.
    /// </summary>
    [OnnxOperator("MultiHeadAttention", OnnxOperatorAttribute.Microsoft)]
    public static void MultiHeadAttention(OnnxNode node)
    {
        if (Enumerable.Range(8, Math.Max(0, node.InputCount - 8)).Any(i => node.OptionalInput(i) is not null) || node.Proto.Output.Skip(3).Any(o => o.Length > 0)) throw node.Unsupported("its past has a place of its own, or it gives its scores");
        if (node.Input(0).Type.Shape.Rank != 3 || node.OptionalInput(1) is null || node.OptionalInput(2) is null) throw node.Unsupported("its queries, keys and values are packed");
        int first = 0;
        Value Part(int operand)
        {
            var x = node.Input(operand);
            if (node.OptionalInput(3) is { } bias)
            {
                // Keys and values that come by heads have theirs.
                int width = x.Type.Shape.Rank == 3 ? x.Type.Shape[2] : x.Type.Shape[1] * x.Type.Shape[3];
                if (x.Type.Shape.Rank == 3) x = node.Emit(new Binary(BinaryKind.Add), x, node.Emit(StridedSlice.OfAxis(bias.Type.Shape, 0, first, width), bias));
                first += width;
            }
            return Heads(node, x, "num_heads");
        }
        var (q, k, v) = (Part(0), Part(1), Part(2));
        int past = 0;
        bool isPresent = node.Proto.Output.Skip(1).Any(o => o.Length > 0);
        if (node.OptionalInput(6) is { } keys)
        {
            past = keys.Type.Shape[-2];
            (k, v) = (node.Emit(new Concat(2), keys, k), node.Emit(new Concat(2), node.Input(7), v));
        }
        var bias = node.OptionalInput(5);
        var mask = node.OptionalInput(4) is { } seen ? Transformers.Hidden(node, seen, q.Type.Shape[0], k.Type.Shape[2]) : null;
        bool causal = node.Int("unidirectional", 0) != 0;
        float scale = node.Float("scale", 0);
        node.Result(Flat(node, mask is null && bias is null && !causal && !isPresent && past == 0 && node.Input(1).Type.Shape.Rank == 3 ? new FlashAttention(node, scale == 0 ? 1 / MathF.Sqrt(q.Type.Shape[3]) : scale).Of(q, k, v) : Attend(node, q, k, v, mask, bias, past, causal, scale, 0)));
        node.Result(k, 1);
        node.Result(v, 2);
    }

    /// <summary>
    /// Causal attention whose heads of keys and values serve several of queries each. Operands: queries (or queries, keys and values beside each other), keys, values, past keys and values, lengths less 1, length,
    /// cosines, sines, positions, a bias of the scores, sinks of the heads. Results: Y, keys and values with their past. Lengths computed at run time are taken to be whole.
    /// </summary>
    [OnnxOperator("GroupQueryAttention", OnnxOperatorAttribute.Microsoft)]
    public static void GroupQueryAttention(OnnxNode node)
    {
        if (Enumerable.Range(12, Math.Max(0, node.InputCount - 12)).Any(i => node.OptionalInput(i) is not null) || node.Proto.Output.Skip(3).Any(o => o.Length > 0)) throw node.Unsupported("it has scales of its past, or gives its scores");
        int heads = node.Int("num_heads", 0), keyHeads = node.Int("kv_num_heads", 0);
        var x = node.Input(0);
        if (x.Type.Shape.Rank != 3 || heads < 1 || keyHeads < 1 || heads % keyHeads != 0) throw node.Malformed($"has data {x.Type} and {heads} heads, {keyHeads} of keys");
        Value q, k, v;
        if (node.OptionalInput(1) is { } keys)
        {
            (q, k, v) = (Heads(node, x, heads), Heads(node, keys, keyHeads), Heads(node, node.Input(2), keyHeads));
        }
        else
        {
            var all = Heads(node, x, heads + 2 * keyHeads);
            Value Part(int from, int count) => node.Emit(StridedSlice.OfAxis(all.Type.Shape, 1, from, count), all);
            (q, k, v) = (Part(0, heads), Part(heads, keyHeads), Part(heads + keyHeads, keyHeads));
        }
        var (s, before) = (q.Type.Shape, node.OptionalInput(3));
        int past = before?.Type.Shape[2] ?? 0, total = past + s[2];
        bool Differs(int operand, int expected) => node.Input(operand) is { IsConstant: true } stated && stated.Constant!.ToInt32().Any(n => n != expected);
        if (Differs(5, total - 1) || Differs(6, total)) throw node.Unsupported($"its lengths are not those of its past and its data, {total}: an attention mask must be as long");
        if (node.Int("do_rotary", 0) != 0)
        {
            var positions = node.OptionalInput(9) ?? node.Emit(new BroadcastTo(new Shape(s[0], s[2])), Value.Of("positions", Tensor.Of<long>(new Shape(1, s[2]), [.. Enumerable.Range(past, s[2]).Select(i => (long)i)])));
            Value Rotated(Value h) => node.AsItRuns(Turned(node, h, node.Input(7), node.Input(8), positions, 2 * node.Input(7).Type.Shape[1], node.Int("rotary_interleaved", 0) != 0));
            (q, k) = (Rotated(q), Rotated(k));
        }
        if (past > 0) (k, v) = (node.Emit(new Concat(2), before, k), node.Emit(new Concat(2), node.Input(4), v));
        node.Result(k, 1);
        node.Result(v, 2);
        (k, v) = (Repeated(node, k, heads), Repeated(node, v, heads));
        float scale = node.Float("scale", 0) is var stated && stated != 0 ? stated : 1 / MathF.Sqrt(s[3]), cap = node.Float("softcap", 0);
        int window = node.Int("local_window_size", -1);
        var seen = Seen(s[2], past, window);
        var sink = node.OptionalInput(11) ?? (node.Int("smooth_softmax", 0) == 1 ? Value.Of("sink", Tensor.Of<float>(new Shape(1), [0])) : null);
        if (cap == 0 && sink is null && !node.RunsInHalves)
        {
            var flash = new FlashAttention(node, scale, node.OptionalInput(10), seen, IsReciprocal: true);
            node.Result(Flat(node, s[2] == 1 ? flash.OfRow(q, k, v) : flash.Of(q, k, v)));
            return;
        }
        var scores = Scores(node, q, k, scale, null);
        if (cap > 0) scores = Capped(node, scores, cap);
        if (node.OptionalInput(10) is { } bias) scores = node.Emit(new Binary(BinaryKind.Add), scores, bias);
        node.Result(node.AsItRuns(Flat(node, Mixed(node, Shares(node, Hide(node, scores, seen), past, window, sink), v))));
    }

    // softmax of each row's window by itself: MLAS's sums begin with it. A sink is a score more, of no key.
    private static Value Shares(OnnxNode node, Value scores, int past, int window, Value? sink)
    {
        var s = scores.Type.Shape;
        int rows = s[2], keys = s[3];
        int[] starts = [.. Enumerable.Range(0, rows).Select(row => window < 0 ? 0 : Math.Max(0, row + past + 1 - window))];
        bool isMoved = starts.Any(start => start > 0);
        // Elements of rows turned round.
        Value Turned(Value x, int sign)
        {
            long[] places = [.. Enumerable.Range(0, checked(rows * keys)).Select(i => (long)(i / keys * keys + (i % keys + sign * starts[i / keys] + keys) % keys))];
            return node.Reshape(node.Emit(new Gather(2), node.Reshape(x, s[0], s[1], rows * keys), Value.Of("places", Tensor.Of<long>(new Shape(rows * keys), places))), s.Span);
        }
        if (isMoved) scores = Turned(scores, 1);
        var shares = sink is null ? node.Emit(new Softmax(1, RowFunction.MlasSoftmax), scores) : WithSink(node, scores, sink);
        return isMoved ? Turned(shares, -1) : shares;
    }

    private static Value WithSink(OnnxNode node, Value scores, Value sink)
    {
        var heads = node.Reshape(sink, 1, sink.Type.Shape.ElementCount, 1, 1);
        var most = node.Emit(new Binary(BinaryKind.Maximum), node.Emit(new Reduce(ReduceKind.Max, new Ints(3), true), scores), heads);
        var powers = node.Emit(new Unary(UnaryKind.MlasExp), node.Emit(new Binary(BinaryKind.Subtract), scores, most));
        var own = node.Emit(new Unary(UnaryKind.LibraryExp), node.Emit(new Binary(BinaryKind.Subtract), heads, most));
        var sum = node.Emit(new Binary(BinaryKind.Add), node.Emit(new RowSum(RowSumOrder.Sixteens), powers), own);
        return node.Emit(new Binary(BinaryKind.Multiply), powers, node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(1f), sum));
    }

    // Which keys each row sees: those up to its own place, of a window the last of them.
    private static Value Seen(int rows, int past, int window)
    {
        int keys = past + rows;
        bool[] seen = [.. Enumerable.Range(0, checked(rows * keys)).Select(i => i % keys <= i / keys + past && (window < 0 || i % keys > i / keys + past - window))];
        return Value.Of("seen", Tensor.Of<bool>(new Shape(rows, keys), seen));
    }

    // A head of keys after the other, each as often as it has queries.
    private static Value Repeated(OnnxNode node, Value x, int heads)
    {
        var e = x.Type.Shape;
        if (e[1] == heads) return x;
        var spread = node.Emit(new BroadcastTo(new Shape(e[0], e[1], heads / e[1], e[2], e[3])), node.Reshape(x, e[0], e[1], 1, e[2], e[3]));
        return node.Reshape(spread, e[0], heads, e[2], e[3]);
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
        // Without a number of heads the tables say how wide one is.
        int width = node.Int("rotary_embedding_dim", 0), heads = node.Int("num_heads", 0) is > 0 and var number ? number : flat && width == 0 ? node.Input(0).Type.Shape[2] / Math.Max(1, 2 * cosines.Type.Shape[-1]) : 0;
        var x = flat && heads == 0 ? throw node.Unsupported("it does not say its heads") : Heads(node, node.Input(0), heads);
        var y = node.AsItRuns(Turned(node, x, cosines, sines, positions, width, node.Int("interleaved", 0) != 0));
        node.Result(flat ? Flat(node, y) : y);
    }

    // The first numbers of each head, or all, of x [B, heads, S, D], turned.
    private static Value Turned(OnnxNode node, Value x, Value cosines, Value sines, Value? positions, int width, bool interleaved)
    {
        var s = x.Type.Shape;
        int turned = width > 0 ? width : s[3], half = turned / 2;
        if (turned % 2 != 0 || turned > s[3]) throw node.Malformed($"turns {turned} of {s[3]} numbers");
        Value Angles(Value table)
        {
            if (positions is null) return node.Reshape(table, s[0], 1, s[2], half);
            if (positions.Type.Shape.ElementCount == 1 && s[0] * s[2] > 1)
            {
                // Of the first place.
                positions = node.Emit(new BroadcastTo(new Shape(s[0], s[2])), node.Emit(new Binary(BinaryKind.Add), node.Reshape(positions, 1, 1), OnnxNode.Iota(2, 1, s[2])));
            }
            if (positions.Type.Shape.ElementCount != s[0] * s[2]) throw node.Unsupported($"its positions have shape {positions.Type.Shape}");
            var rows = node.Emit(new Gather(0), table, node.Reshape(positions, s[0], s[2]));
            return node.Reshape(node.Emit(StridedSlice.OfAxis(rows.Type.Shape, 2, 0, half), rows), s[0], 1, s[2], half);
        }
        var (cos, sin) = (Angles(cosines), Angles(sines));
        var front = node.Emit(StridedSlice.OfAxis(s, 3, 0, turned), x);
        // Pairs lie beside each other, or half the numbers apart.
        int[] apart = interleaved ? [s[0], s[1], s[2], half, 2] : [s[0], s[1], s[2], 2, half];
        int axis = interleaved ? 4 : 3;
        Value Part(int i) => node.Reshape(node.Emit(StridedSlice.OfAxis(new Shape(apart), axis, i, 1), node.Reshape(front, apart)), s[0], s[1], s[2], half);
        Value Times(Value a, Value b) => node.Emit(new Binary(BinaryKind.Multiply), a, b);
        var (a, b) = (Part(0), Part(1));
        // One product is rounded, the other joins it with one rounding; of pairs beside each other that do not fill eight all but the first are rounded apart (rotary_embedding_kernel_avx2.cpp).
        int fused = interleaved && half % 8 > 1 ? half / 8 * 8 + 1 : half;
        Value Columns(Value v, int first, int count) => count == half ? v : node.Emit(StridedSlice.OfAxis(v.Type.Shape, 3, first, count), v);
        Value Sum(Value x, Value cos, Value y, Value sin, bool isDifference)
        {
            var join = isDifference ? BinaryKind.Subtract : BinaryKind.Add;
            Value Of(Value v) => Columns(v, 0, fused);
            var other = Times(Of(y), Of(sin));
            var joined = node.Emit(new MultiplyAdd(), Of(x), node.Emit(new BroadcastTo(new Shape(s[0], s[1], s[2], fused)), Of(cos)), isDifference ? node.Emit(new Unary(UnaryKind.Negate), other) : other);
            if (fused == half) return joined;
            Value Rest(Value v) => Columns(v, fused, half - fused);
            return node.Emit(new Concat(3), joined, node.Emit(new Binary(join), Times(Rest(x), Rest(cos)), Times(Rest(y), Rest(sin))));
        }
        var first = Sum(a, cos, b, sin, isDifference: true);
        var second = Sum(a, sin, b, cos, isDifference: false);
        int[] single = interleaved ? [s[0], s[1], s[2], half, 1] : [s[0], s[1], s[2], 1, half];
        var y = node.Reshape(node.Emit(new Concat(axis), node.Reshape(first, single), node.Reshape(second, single)), s[0], s[1], s[2], turned);
        return turned < s[3] ? node.Emit(new Concat(3), y, node.Emit(StridedSlice.OfAxis(s, 3, turned, s[3] - turned), x)) : y;
    }

    // [B, heads, S, D] as [B, S, heads * D].
    private static Value Flat(OnnxNode node, Value y)
    {
        var s = y.Type.Shape;
        return node.Reshape(Channels.Permute(node.Importer.Builder, y, [0, 2, 1, 3], node.Location), s[0], s[2], s[1] * s[3]);
    }

    // [B, S, heads * D] as [B, heads, S, D].
    private static Value Heads(OnnxNode node, Value x, string attribute) => Heads(node, x, node.Int(attribute, 0));

    private static Value Heads(OnnxNode node, Value x, int heads)
    {
        var s = x.Type.Shape;
        if (s.Rank == 4) return x;
        if (s.Rank != 3 || heads < 1 || s[2] % heads != 0) throw node.Malformed($"has data {x.Type} in {heads} heads");
        return Channels.Permute(node.Importer.Builder, node.Reshape(x, s[0], s[1], heads, s[2] / heads), [0, 2, 1, 3], node.Location);
    }

    // softmax(cap(factor * Q K' + joined) + added) V
    private static Value Attend(OnnxNode node, Value q, Value k, Value v, Value? joined, Value? added, int past, bool causal, float scale, float cap)
    {
        var (s, t) = (q.Type.Shape, k.Type.Shape);
        if (t.Rank != 4 || v.Type.Shape.Rank != 4 || t[1] < 1 || s[1] % t[1] != 0 || t[3] != s[3] || v.Type.Shape[2] != t[2]) throw node.Malformed($"has queries {q.Type}, keys {k.Type} and values {v.Type}");
        (k, v) = (Repeated(node, k, s[1]), Repeated(node, v, s[1]));
        var scores = Scores(node, q, k, scale == 0 ? 1 / MathF.Sqrt(s[3]) : scale, joined);
        if (causal)
        {
            int keys = t[2];
            bool[] seen = [.. Enumerable.Range(0, checked(s[2] * keys)).Select(i => i % keys <= i / keys + past)];
            scores = Hide(node, scores, Value.Of("seen", Tensor.Of<bool>(new Shape(s[2], keys), seen)));
        }
        if (cap > 0)
        {
            scores = Capped(node, scores, cap);
        }
        if (added is { Type.Element: ElementType.Bool }) scores = Hide(node, scores, added);
        else if (added is not null) scores = node.Emit(new Binary(BinaryKind.Add), scores, added);
        return Mixed(node, node.Emit(new Softmax(1, RowFunction.MlasSoftmax), scores), v);
    }

    // factor * Q K' + joined. MLAS multiplies a single row by its kernel for those where there is no factor.
    private static Value Scores(OnnxNode node, Value q, Value k, float factor, Value? joined)
    {
        var transposed = Channels.Permute(node.Importer.Builder, k, [0, 1, 3, 2], node.Location);
        if (q.Type.Shape[2] == 1 && factor == 1)
        {
            var row = MatrixProducts.ByColumn(node, q, transposed);
            return joined is null ? row : node.Emit(new Binary(BinaryKind.Add), row, joined);
        }
        if (joined is null) return MatrixProducts.Scaled(node, q, transposed, factor);
        var (s, keys) = (q.Type.Shape, k.Type.Shape[2]);
        return MatrixProducts.Onto(node, q, transposed, node.Emit(new BroadcastTo(new Shape(s[0], s[1], s[2], keys)), joined), MatrixProducts.Run(s[3], keys), factor);
    }

    // A single row of shares is multiplied by MLAS's kernel for single rows.
    private static Value Mixed(OnnxNode node, Value shares, Value v) =>
        node.Emit(new BatchMatMul(shares.Type.Shape[2] == 1 ? MatMulOrder.Quads : MatrixProducts.Run(v.Type.Shape[2], v.Type.Shape[3])), shares, v);

    private static Value Capped(OnnxNode node, Value scores, float cap)
    {
        var bounded = node.Emit(new Unary(UnaryKind.LibraryTanh), node.Emit(new Binary(BinaryKind.Divide), scores, OnnxNode.Scalar(cap)));
        return node.Emit(new Binary(BinaryKind.Multiply), bounded, OnnxNode.Scalar(cap));
    }

    private static Value Hide(OnnxNode node, Value scores, Value seen) => node.Emit(new Select(), seen, scores, OnnxNode.Scalar(float.MinValue));
}
