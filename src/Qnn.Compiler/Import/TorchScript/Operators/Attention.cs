using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Attention, and the layers that PyTorch takes a transformer's encoder for when nothing is trained (transformers/attention.cpp, transformer.cpp).</summary>
internal static class Attention
{
    /// <summary>(q, k, v, mask, dropout, is_causal, scale): softmax(q k^T * scale + mask) v; both factors take the root of the scale, but for what <see cref="FlashAttention"/> takes.</summary>
    [TorchOperator("aten::scaled_dot_product_attention")]
    public static object? ScaledDotProduct(TorchCall call) =>
        Scaled(call, call.OptionalTensor(3, "attn_mask"), call.Real(4, "dropout_p", 0), call.Flag(5, "is_causal"), call.Argument(6, "scale") is null ? null : call.Real(6, "scale"), mayBlock: true).Result;

    /// <summary>(q, k, v, mask, dropout, need_weights, is_causal): the result and the weights.</summary>
    [TorchOperator("aten::_scaled_dot_product_attention", "aten::_scaled_dot_product_attention_math")]
    public static object? ScaledDotProductBesideWeights(TorchCall call)
    {
        bool isMath = call.Operator.EndsWith("_math", StringComparison.Ordinal);
        var (result, weights) = Scaled(call, call.OptionalTensor(3, "attn_mask"), call.Real(4, "dropout_p", 0), call.Flag(isMath ? 5 : 6, "is_causal"), null);
        return new object?[] { result, weights };
    }

    /// <summary>(query, key, value, embed_dim, heads, qkv_weight, qkv_bias, proj_weight, proj_bias, mask, need_weights, average_weights, mask_type): the result, and the weights where they are asked for.</summary>
    [TorchOperator("aten::_native_multi_head_attention")]
    public static object? MultiHead(TorchCall call)
    {
        var (result, weights) = MultiHead(
            call, call.Tensor(0), call.Tensor(1), call.Tensor(2), call.Int(4), [.. Enumerable.Range(5, 4).Select(i => call.Tensor(i))], call.OptionalTensor(9, "mask"), call.Argument(12, "mask_type") is null ? null : call.Long(12, "mask_type"));
        if (!call.Flag(10, "need_weights", true)) return new object?[] { result, null };
        return new object?[] { result, call.Flag(11, "average_attn_weights", true) ? Sums.Mean(call, weights, [1], false) : weights };
    }

    /// <summary>
    /// (src, embed_dim, heads, qkv_weight, qkv_bias, proj_weight, proj_bias, use_gelu, norm_first, eps, norm_weight_1, norm_bias_1, norm_weight_2, norm_bias_2, ffn_weight_1, ffn_bias_1, ffn_weight_2, ffn_bias_2, mask, mask_type)
    /// </summary>
    [TorchOperator("aten::_transformer_encoder_layer_fwd")]
    public static object? EncoderLayer(TorchCall call)
    {
        var source = call.Tensor(0);
        bool isNormFirst = call.Flag(8);
        Value Norm(Value value, int at) => (Value)Normalizations.LayerNorm(call.With(value, new Archive.TorchList([call.Long(1)]), call.Tensor(at), call.Tensor(at + 1), call.Real(9)))!;
        Value Add(Value a, Value b) => call.Emit(new Binary(BinaryKind.Add), a, b);
        var x = isNormFirst ? Norm(source, 10) : source;
        x = Add(MultiHead(call, x, x, x, call.Int(2), [.. Enumerable.Range(3, 4).Select(i => call.Tensor(i))], call.OptionalTensor(18, "mask"), call.Argument(19, "mask_type") is null ? null : call.Long(19, "mask_type")).Result, source);
        if (!isNormFirst) x = Norm(x, 10);
        var hidden = MatrixProducts.Linear(call, isNormFirst ? Norm(x, 12) : x, call.Tensor(14), call.Tensor(15));
        hidden = call.Flag(7) ? call.Emit(new Unary(UnaryKind.OneDnnGelu), hidden) : call.Emit(Unary.Clamp(0, float.PositiveInfinity), hidden);
        x = Add(MatrixProducts.Linear(call, hidden, call.Tensor(16), call.Tensor(17)), x);
        return isNormFirst ? x : Norm(x, 12);
    }

    private static (Value Result, Value? Weights) Scaled(TorchCall call, Value? mask, double dropout, bool isCausal, double? scale, bool mayBlock = false)
    {
        Value q = call.Tensor(0), k = call.Tensor(1), v = call.Tensor(2);
        int rank = k.Type.Shape.Rank;
        if (dropout != 0) throw call.Trains();
        if (rank < 2 || q.Type.Shape.Rank < 2 || q.Type.Element != ElementType.F32) throw call.Unsupported($"it has queries {q.Type} and keys {k.Type}");
        // Fewer heads of keys and values serve several of the queries'.
        if (rank >= 3 && q.Type.Shape.Rank == rank && k.Type.Shape[-3] != q.Type.Shape[-3] && q.Type.Shape[-3] % k.Type.Shape[-3] == 0)
        {
            Value Repeated(Value value) => (Value)Shaping.RepeatInterleave(call.With(value, (long)(q.Type.Shape[-3] / k.Type.Shape[-3]), -3L))!;
            (k, v) = (Repeated(k), Repeated(v));
        }
        if (isCausal)
        {
            int rows = q.Type.Shape[-2], columns = k.Type.Shape[-2];
            mask = TorchCall.Constant(Tensor.Of<bool>(new Shape(rows, columns), [.. Enumerable.Range(0, rows * columns).Select(i => i % columns <= i / columns)]));
        }
        if (mayBlock && FlashAttention.Takes(call, q, k, v)) return (FlashAttention.Of(call, q, k, v, mask, scale), null);
        var factor = TorchCall.Constant((float)Math.Sqrt(scale ?? 1 / Math.Sqrt(q.Type.Shape[-1])));
        Value Times(Value value) => call.Emit(new Binary(BinaryKind.Multiply), value, factor);
        int[] turn = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        var scores = Product(call, Times(q), call.Permute(Times(k), turn), isTurned: true);
        if (mask is { Type.Element: ElementType.Bool }) scores = call.Emit(new Select(), mask, scores, TorchCall.Constant(float.NegativeInfinity));
        else if (mask is not null) scores = call.Emit(new Binary(BinaryKind.Add), scores, mask);
        var weights = Reductions.SoftmaxAlong(call, scores, -1);
        return (Product(call, weights, v, isTurned: false), weights);
    }

    // Weights are those of query, key and value, one below the other, their bias, and the projection's.
    private static (Value Result, Value Weights) MultiHead(TorchCall call, Value query, Value key, Value value, int heads, Value[] parameters, Value? mask, long? maskType)
    {
        var s = query.Type.Shape;
        if (s.Rank != 3 || heads <= 0 || s[2] % heads != 0 || parameters[0].Type.Shape is not { Rank: 2 } w || w[0] != 3 * s[2]) throw call.Malformed($"does not take {query.Type} for {heads} heads");
        int width = s[2], each = width / heads;
        Value Part(Value of, int axis, int i, int count = 1) => Shaping.Along(call, of, axis, i * width, 1, count * width);
        // One product where all three are of one tensor.
        bool isSelf = ReferenceEquals(query, key) && ReferenceEquals(key, value);
        Value all = isSelf ? MatrixProducts.Linear(call, query, parameters[0], null) : query;
        Value Heads(Value of, int i)
        {
            var own = isSelf ? Part(all, 2, i) : MatrixProducts.Linear(call, of, Part(parameters[0], 0, i), null);
            var sum = call.Emit(new Binary(BinaryKind.Add), own, Part(parameters[1], 0, i));
            if (i == 0) sum = call.Emit(new Binary(BinaryKind.Multiply), sum, TorchCall.Constant((float)(1 / Math.Sqrt(each))));
            return call.Permute(call.Reshape(sum, sum.Type.Shape[0], sum.Type.Shape[1], heads, each), 0, 2, 1, 3);
        }
        Value q = Heads(query, 0), k = Heads(key, 1), v = Heads(value, 2);
        var scores = Product(call, q, call.Permute(k, 0, 1, 3, 2), isTurned: true);
        if (mask is not null)
        {
            // 0: of queries and keys, 1: of the keys of each sequence.
            if (maskType == 1 && mask.Type.Shape.Rank == 2) mask = call.Reshape(mask, mask.Type.Shape[0], 1, 1, mask.Type.Shape[1]);
            if (mask.Type.Element != ElementType.Bool) mask = call.Emit(new Compare(CompareKind.NotEqual), mask, mask.Type.Element == ElementType.F32 ? TorchCall.Constant(0f) : call.Emit(new Cast(mask.Type.Element), TorchCall.Constant(0L)));
            scores = call.Emit(new Select(), mask, TorchCall.Constant(float.NegativeInfinity), scores);
        }
        var weights = Reductions.SoftmaxAlong(call, scores, -1);
        var context = call.Reshape(call.Permute(Product(call, weights, v, isTurned: false), 0, 2, 1, 3), s[0], s[1], width);
        return (MatrixProducts.Linear(call, context, parameters[2], parameters[3]), weights);
    }

    private static Value Product(TorchCall call, Value a, Value b, bool isTurned) => a.Type.Shape.Rank == 2 ? MklProducts.Plain(call, a, b, null, isTurned) : MklProducts.Batched(call, a, b, null, isTurned);
}
