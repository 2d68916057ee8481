using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// softmax(scale * Q K' + bias) V in blocks of keys, whose exponentials are divided by their sum last, or multiplied by its reciprocal: MLAS's form of it (<c>flashattn.cpp</c>).
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Scale">The factor of the scores.</param>
/// <param name="Bias">What is added to the scores, as they broadcast; or null.</param>
/// <param name="Seen">Which keys each row sees [S, T]; null where it sees all.</param>
/// <param name="IsReciprocal">Whether the result is multiplied by the reciprocal of the sum.</param>
internal sealed record FlashAttention(OnnxNode Node, float Scale, Value? Bias = null, Value? Seen = null, bool IsReciprocal = false)
{
    // Blocks fill the second-level cache: that of a CPU with AVX-512 has two megabytes.
    private const int CacheFloats = (2 << 20) / sizeof(float), Matrices = 4;

    /// <summary>The result [B, heads, S, D] of queries, keys and values of that form.</summary>
    public Value Of(Value q, Value k, Value v)
    {
        var (s, t) = (q.Type.Shape, k.Type.Shape);
        if (t.Rank != 4 || v.Type.Shape.Rank != 4 || t[1] != s[1] || t[3] != s[3] || v.Type.Shape[2] != t[2] || t[2] < 1) throw Node.Malformed($"has queries {q.Type}, keys {k.Type} and values {v.Type}");
        int width = s[3] + v.Type.Shape[3], block = Math.Max(1, CacheFloats / (Matrices * width)), rows = Math.Min(block, width);
        // A row that is left alone is multiplied by MLAS's kernel for single rows.
        if (s[2] <= rows || s[2] % rows != 1) return Rows(q, k, v, 0, block);
        Value Part(int from, int count) => Rows(Slice(q, 2, from, count), k, v, from, block);
        return Node.Emit(new Concat(2), Part(0, s[2] - 1), Part(s[2] - 1, 1));
    }

    /// <summary>
    /// The same of a single row, where a past is kept: products rounded apart, those of a key in eight lanes that are added in neighbouring pairs, those of the values in the order of keys.
    /// </summary>
    public Value OfRow(Value q, Value k, Value v)
    {
        var (s, t) = (q.Type.Shape, k.Type.Shape);
        int keys = t[2], width = v.Type.Shape[3];
        var products = Node.Emit(new BatchMatMul(MatMulOrder.Lanes), Node.Reshape(k, s[0], s[1], keys, 1, s[3]), Node.Reshape(q, s[0], s[1], 1, s[3], 1));
        var scores = Masked(Node.Emit(new Binary(BinaryKind.Multiply), Node.Reshape(products, s[0], s[1], 1, keys), OnnxNode.Scalar(Scale)), 0, 0);
        var powers = Powers(scores, Most(scores));
        var shares = Node.Emit(new Binary(BinaryKind.Multiply), Node.Reshape(powers, s[0], s[1], keys, 1), v);
        return Finished(Node.Reshape(Node.Emit(new Reduce(ReduceKind.Sum, new Ints(2), true), shares), s[0], s[1], 1, width), Node.Emit(new RowSum(RowSumOrder.Sixteens), powers));
    }

    private Value Rows(Value q, Value k, Value v, int row, int block)
    {
        int keys = k.Type.Shape[2], width = v.Type.Shape[3];
        bool isRow = q.Type.Shape[2] == 1;
        Value? most = null, sum = null, y = null;
        for (int from = 0; from < keys; from += block)
        {
            int count = Math.Min(block, keys - from), run = isRow ? MatMulOrder.Quads : MatrixProducts.Run(count, width);
            Value Block(Value x) => Slice(x, 2, from, count);
            var scores = Masked(MatrixProducts.Scaled(Node, q, Channels.Permute(Node.Importer.Builder, Block(k), [0, 1, 3, 2], Node.Location), Scale), row, from);
            var next = most is null ? Most(scores) : Node.Emit(new Binary(BinaryKind.Maximum), most, Most(scores));
            var powers = Powers(scores, next);
            var powerSum = Node.Emit(new RowSum(RowSumOrder.Sixteens), powers);
            if (y is null)
            {
                (sum, y) = (powerSum, Node.Emit(new BatchMatMul(run), powers, Block(v)));
            }
            else
            {
                // What the blocks before gave counts as much less as the greatest score has grown.
                var factor = Node.Emit(new Unary(UnaryKind.Exp), Node.Emit(new Binary(BinaryKind.Subtract), most!, next));
                sum = Node.Emit(new Binary(BinaryKind.Add), Node.Emit(new Binary(BinaryKind.Multiply), factor, sum!), powerSum);
                var scaled = Node.Emit(new Binary(BinaryKind.Multiply), factor, y);
                y = isRow ? MatrixProducts.RowOnto(Node, powers, Block(v), scaled) : MatrixProducts.Onto(Node, powers, Block(v), scaled, run);
            }
            most = next;
        }
        return Finished(y!, sum!);
    }

    private Value Masked(Value scores, int row, int key)
    {
        var s = scores.Type.Shape;
        Value Part(Value x, int rowAxis)
        {
            if (x.Type.Shape[rowAxis] > 1) x = Slice(x, rowAxis, row, s[2]);
            return x.Type.Shape[rowAxis + 1] > 1 ? Slice(x, rowAxis + 1, key, s[3]) : x;
        }
        if (Bias is not null) scores = Node.Emit(new Binary(BinaryKind.Add), scores, Part(Bias, Bias.Type.Shape.Rank - 2));
        return Seen is null ? scores : Node.Emit(new Select(), Part(Seen, 0), scores, OnnxNode.Scalar(float.MinValue));
    }

    private Value Most(Value scores) => Node.Emit(new Reduce(ReduceKind.Max, new Ints(3), true), scores);

    private Value Powers(Value scores, Value most) => Node.Emit(new Unary(UnaryKind.MlasExp), Node.Emit(new Binary(BinaryKind.Subtract), scores, most));

    private Value Finished(Value y, Value sum) => IsReciprocal
        ? Node.Emit(new Binary(BinaryKind.Multiply), y, Node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(1f), sum))
        : Node.Emit(new Binary(BinaryKind.Divide), y, sum);

    private Value Slice(Value x, int axis, int from, int count) => count == x.Type.Shape[axis] ? x : Node.Emit(StridedSlice.OfAxis(x.Type.Shape, axis, from, count), x);
}
