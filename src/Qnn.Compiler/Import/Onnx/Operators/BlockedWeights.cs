using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Weights of few bits, with a scale for every block of a column.</summary>
internal static class BlockedWeights
{
    /// <summary>
    /// Float a [.., K] times weights [N, blocks, bytes of a block], low bits first; scales [N, blocks]; zero points packed alike, or as many floats. The weights are made real, the product is one of floats.
    /// </summary>
    [OnnxOperator("MatMulNBits", OnnxOperatorAttribute.Microsoft)]
    public static void MatMulNBits(OnnxNode node)
    {
        int k = node.Int("K", 0), n = node.Int("N", 0), bits = node.Int("bits", 4), block = node.Int("block_size", 32);
        if (k < 1 || n < 1 || block < 1 || bits is not (2 or 4 or 8)) throw node.Malformed($"has weights {k} by {n} of {bits} bits in blocks of {block}");
        if (node.OptionalInput(4) is not null) throw node.Unsupported("its weights are reordered");
        int blocks = (k + block - 1) / block, width = Math.Max(1, block * bits / 8), zeroWidth = (blocks * bits + 7) / 8;
        var packed = node.Constant(1, "weights");
        var scales = node.Constant(2, "scales");
        var zeros = node.OptionalInput(3) is null ? null : node.Constant(3, "zero points");
        bool packedZeros = zeros?.Type.Element == ElementType.U8;
        if (packed.Type.Element != ElementType.U8 || packed.Type.Shape.ElementCount != (long)n * blocks * width || scales.Type.Element != ElementType.F32 || scales.Type.Shape.ElementCount != (long)n * blocks
            || zeros is not null && (packedZeros ? zeros.Type.Shape.ElementCount != (long)n * zeroWidth : zeros.Type.Element != ElementType.F32 || zeros.Type.Shape.ElementCount != (long)n * blocks))
        {
            throw node.Malformed($"has weights {packed.Type} with scales {scales.Type}");
        }
        // Level 4 lets ONNX Runtime quantize the data too.
        bool quantizes = node.Int("accuracy_level", 0) == 4;
        var real = new float[checked(k * n)];
        var factors = new float[checked(blocks * n)];
        for (int column = 0; column < n; column++)
        {
            for (int row = 0; row < k; row++)
            {
                int at = row / block;
                float zero = zeros is null ? 1 << (bits - 1) : packedZeros ? Bits(zeros.Bytes.Span[(column * zeroWidth)..], at, bits) : zeros.Span<float>()[column * blocks + at];
                float factor = factors[at * n + column] = scales.Span<float>()[column * blocks + at];
                real[row * n + column] = (Bits(packed.Bytes.Span[((column * blocks + at) * width)..], row % block, bits) - zero) * (quantizes ? 1 : factor);
            }
        }
        if (quantizes)
        {
            var z = Quantized(node, node.Input(0), real, factors, block);
            node.Result(node.OptionalInput(5) is { } term ? node.Emit(new Binary(BinaryKind.Add), z, term) : z);
            return;
        }
        // MLAS takes all products in one run here.
        var y = node.Emit(new BatchMatMul(k), node.Input(0), Value.Of(node.Proto.Input[1], Tensor.Of<float>(new Shape(k, n), real)));
        node.Result(node.OptionalInput(5) is { } bias ? node.Emit(new Binary(BinaryKind.Add), y, bias) : y);
    }

    // What ONNX Runtime takes where weights have one scale, or one a column.
    private const int DefaultBlock = 32, LeastBlock = 16;

    /// <summary>A product of floats with constant weights behind a DequantizeLinear, of which ONNX Runtime makes a MatMulNBits of level 4; null where it does not.</summary>
    public static Value? OfDequantized(OnnxNode node)
    {
        if (node.Importer.Patterns.IsDequantized(node.Proto.Input[0]) || node.Input(0).Type is not { Element: ElementType.F32, Shape.Rank: >= 2 } || node.Importer.Patterns.DequantizedFor(node, 1) is not { } source) return null;
        if (source.Input(0) is not { IsConstant: true, Type: { Element: ElementType.U8 or ElementType.S8, Shape.Rank: 2 } } weights || source.Input(1) is not { IsConstant: true, Type.Element: ElementType.F32 } scale) return null;
        var zero = source.OptionalInput(2);
        if (zero is { IsConstant: false }) return null;
        var (k, n) = (weights.Type.Shape[0], weights.Type.Shape[1]);
        int block = source.Int("block_size", 0), count = scale.Type.Shape.ElementCount, blocks = block == 0 ? 1 : (k + block - 1) / block;
        bool columns = block == 0 && count == n && count > 1;
        if (block == 0 ? count != 1 && !(columns && source.Axis(source.Int("axis", 1), 2) == 1) : block < LeastBlock || !int.IsPow2(block) || source.Axis(source.Int("axis", 1), 2) != 0 || count != blocks * n) return null;
        if (zero is not null && zero.Type.Shape.ElementCount != count) return null;
        int[] q = weights.Constant!.ToInt32(), zeros = zero?.Constant!.ToInt32() ?? new int[count];
        float[] scales = scale.Constant!.Span<float>().ToArray(), centered = new float[q.Length];
        int size = block == 0 ? DefaultBlock : block, parts = (k + size - 1) / size;
        int At(int part, int column) => count == 1 ? 0 : columns ? column : part * n + column;
        for (int i = 0; i < q.Length; i++) centered[i] = q[i] - zeros[At(i / n / size, i % n)];
        return Quantized(node, node.Input(0), centered, [.. Enumerable.Range(0, checked(parts * n)).Select(i => scales[At(i / n, i % n)])], size);
    }

    // Each block of a row with a scale of its own: q = rint(a * (127 / greatest magnitude)), exact sums of products in a block, times the two scales, added up.
    private static Value Quantized(OnnxNode node, Value a, float[] weights, float[] scales, int block)
    {
        var shape = a.Type.Shape;
        int k = shape[-1], rows = shape.ElementCount / Math.Max(1, k), blocks = (k + block - 1) / block, n = scales.Length / blocks;
        var flat = node.Reshape(a, rows, k);
        if (blocks * block > k)
        {
            flat = node.Emit(new Pad(new Ints(0, 0), new Ints(0, blocks * block - k)), flat);
            Array.Resize(ref weights, checked(blocks * block * n));
        }
        var data = Channels.Permute(node.Importer.Builder, node.Reshape(flat, rows, blocks, block), [1, 0, 2], node.Location);
        var most = node.Emit(new Reduce(ReduceKind.Max, new Ints(2), true), node.Emit(new Unary(UnaryKind.Abs), data));
        var step = node.Emit(new Binary(BinaryKind.Divide), most, OnnxNode.Scalar(127f));
        var inverse = node.Emit(new Select(), node.Emit(new Compare(CompareKind.Equal), most, OnnxNode.Scalar(0f)), OnnxNode.Scalar(0f), node.Emit(new Binary(BinaryKind.Divide), OnnxNode.Scalar(127f), most));
        var quantized = node.Emit(new Unary(UnaryKind.Round), node.Emit(new Binary(BinaryKind.Multiply), data, inverse));
        var sums = node.Emit(new BatchMatMul(block), quantized, Value.Of("weights", Tensor.Of<float>(new Shape(blocks, block, n), weights)));
        var factors = node.Emit(new Binary(BinaryKind.Multiply), step, Value.Of("scales", Tensor.Of<float>(new Shape(blocks, 1, n), scales)));
        var y = node.Emit(new Reduce(ReduceKind.Sum, new Ints(0), false), node.Emit(new Binary(BinaryKind.Multiply), sums, factors));
        return node.Reshape(y, [.. shape.Span[..^1], n]);
    }

    private static int Bits(ReadOnlySpan<byte> packed, int index, int bits) => packed[index * bits / 8] >> (index * bits % 8) & ((1 << bits) - 1);
}
