using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// What PyTorch makes of scaled_dot_product_attention with four axes (FlashAttentionKernel.cpp): queries by blocks, keys by blocks of 512, the softmax's exponentials multiplied by the values before they are divided by their sum.
/// </summary>
internal static class FlashAttention
{
    private const int KeyBlock = 512;

    /// <summary>Whether PyTorch takes this way (use_flash_attention_cpp).</summary>
    public static bool Takes(TorchCall call, Value q, Value k, Value v)
    {
        Shape qs = q.Type.Shape, ks = k.Type.Shape, vs = v.Type.Shape;
        if (qs.Rank != 4 || ks.Rank != 4 || vs.Rank != 4 || qs[0] != ks[0] || qs[0] != vs[0] || qs[1] != ks[1] || qs[1] != vs[1] || ks[2] != vs[2]) return false;
        if (qs[3] != ks[3] || qs[3] != vs[3] || qs.ElementCount == 0 || ks.ElementCount == 0) return false;
        return qs[3] == 1 || new[] { q, k, v }.All(x => call.Formats.Layout(x).Strides[^1] == 1);
    }

    /// <summary>The result. The mask is added, or of flags: false takes a key away.</summary>
    public static Value Of(TorchCall call, Value q, Value k, Value v, Value? mask, double? scale)
    {
        var factor = TorchCall.Constant((float)(scale ?? 1 / Math.Sqrt(q.Type.Shape[3])));
        int rows = q.Type.Shape[2], keys = k.Type.Shape[2];
        // Sums lie behind a block's products, greatest elements and sums of exponentials.
        int place = Math.Min(BlockOf(rows), rows) * (Math.Min(KeyBlock, keys) + 2);
        Value? maxima = null, sums = null, result = null;
        for (int n = 0; n < keys; n += KeyBlock)
        {
            int count = Math.Min(KeyBlock, keys - n);
            Value Part(Value of, int axis) => count == keys ? of : Shaping.Along(call, of, axis, n, 1, count);
            var scores = Product(call, q, call.Permute(Part(k, 2), 0, 1, 3, 2), null, isTurned: true, 0);
            scores = mask is null ? Do(call, BinaryKind.Multiply, scores, factor) : Masked(call, scores, factor, mask.Type.Shape[-1] == 1 ? mask : Part(mask, mask.Type.Shape.Rank - 1));
            var block = call.EmitSeveral(new FlashExponentials(), [], maxima is null ? [scores] : [scores, maxima, sums]);
            result = Product(call, block[0], Part(v, 2), result is null ? null : Do(call, BinaryKind.Multiply, result, block[3]), isTurned: false, place);
            (maxima, sums) = (block[1], block[2]);
        }
        // Rows that are masked whole have no sum.
        var isNone = call.Emit(new Compare(CompareKind.Equal), sums!, TorchCall.Constant(0f));
        var inverse = Do(call, BinaryKind.Divide, TorchCall.Constant(1f), call.Emit(new Select(), isNone, TorchCall.Constant(1f), sums!));
        return Do(call, BinaryKind.Multiply, result!, inverse);
    }

    // What is added joins the product with one rounding.
    private static Value Masked(TorchCall call, Value scores, Value factor, Value mask)
    {
        if (mask.Type.Element == ElementType.Bool) return call.Emit(new Select(), mask, Do(call, BinaryKind.Multiply, scores, factor), TorchCall.Constant(float.NegativeInfinity));
        return call.Emit(new MultiplyAdd(), scores, factor, mask.Type.Shape.Equals(scores.Type.Shape) ? mask : call.Emit(new BroadcastTo(scores.Type.Shape), mask));
    }

    // Rows that are left behind whole blocks of queries are a product of their own where they are so few that MKL adds them up in another order.
    private static Value Product(TorchCall call, Value a, Value b, Value? addend, bool isTurned, int place)
    {
        int rows = a.Type.Shape[2], block = BlockOf(rows), left = rows % block;
        if (rows < block || left == 0 || left >= MklProducts.FusedRows) return MklProducts.Each(call, a, b, addend, isTurned, place);
        Value Rows(Value of, int from, int count) => Shaping.Along(call, of, 2, from, 1, count);
        return call.Emit(new Concat(2),
            MklProducts.Each(call, Rows(a, 0, rows - left), b, addend is null ? null : Rows(addend, 0, rows - left), isTurned, place),
            MklProducts.Each(call, Rows(a, rows - left, left), b, addend is null ? null : Rows(addend, rows - left, left), isTurned, place));
    }

    private static int BlockOf(int rows) => rows >= 768 ? 256 : rows >= 192 ? 64 : 32;

    private static Value Do(TorchCall call, BinaryKind kind, Value a, Value b) => call.Emit(new Binary(kind), a, b);
}
