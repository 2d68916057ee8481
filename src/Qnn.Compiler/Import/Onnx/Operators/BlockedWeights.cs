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
    [OnnxOperator("MatMulNBits", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
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
        var weights = new byte[checked(n * blocks * block)];
        var offsets = new float[n * blocks];
        for (int column = 0; column < n; column++)
        {
            for (int row = 0; row < k; row++) weights[column * blocks * block + row] = (byte)Bits(packed.Bytes.Span[((column * blocks + row / block) * width)..], row % block, bits);
            for (int at = 0; at < blocks; at++) offsets[column * blocks + at] = zeros is null ? 1 << (bits - 1) : packedZeros ? Bits(zeros.Bytes.Span[(column * zeroWidth)..], at, bits) : zeros.Span<float>()[column * blocks + at];
        }
        // A row that is added to the result becomes its bias, but of halves.
        var bias = node.OptionalInput(5);
        var term = bias is null && !node.RunsInHalves && node.Importer.Patterns.ConstantRowBehind(node, n) is { } found ? found : default((int Index, Value Row)?);
        var few = new FewBits(node.Input(0), weights, scales.Span<float>().ToArray(), offsets, n, bits, block, zeros is null || packedZeros);
        var y = node.AsItRuns(few.Times(node, node.Int("accuracy_level", 0) == 4, bias ?? term?.Row));
        if (term is { } taken) node.Importer.Finish([taken.Index], y);
        else node.Result(y);
    }

    /// <summary>Rows times weights [N, blocks * block] of few bits in a byte each, with scales and zero points [N, blocks], plus a bias: as MatMulNBits does it, perhaps of level 4, which quantizes the rows.</summary>
    public static Value Times(OnnxNode node, Value rows, byte[] weights, float[] scales, float[] zeros, int columns, int bits, int block, bool quantizes, Value? bias) =>
        new FewBits(rows, weights, scales, zeros, columns, bits, block, true).Times(node, quantizes, bias);

    // What ONNX Runtime takes where weights have one scale, or one a column.
    private const int DefaultBlock = 32, LeastBlock = 16;

    /// <summary>A product of floats with constant weights behind a DequantizeLinear, of which ONNX Runtime makes a MatMulNBits of level 4; whether that was so.</summary>
    public static bool OfDequantized(OnnxNode node)
    {
        if (node.Input(0).Type is not { Element: ElementType.F32, Shape.Rank: >= 2 } data || node.Importer.Patterns.DequantizedFor(node, 1) is not { } source || node.Importer.IsQuantizedBehind(node)) return false;
        var term = node.Importer.Patterns.TermBehind(node) is { } behind ? (behind.Index, Row: node.Importer.ValueOf(behind.Term, node)) : default((int Index, Value Row)?);
        // With another term they are a Gemm.
        if (term is { Row: not { IsConstant: true, Type.Shape.Rank: 1 } }) return false;
        // A product with a term is taken between two Reshapes, and constants stay in front of those.
        if (node.Importer.Patterns.IsDequantized(node.Proto.Input[0]) && !(term is { } sum && data.Shape.Rank > 2 && node.Importer.Patterns.IsOfConstant(node.Proto.Input[0]) && !node.Importer.LeadsToQuantize(sum.Index))) return false;
        // A QuantizeLinear, which moves in front of a Reshape, keeps them apart.
        if (term is { Index: var index } && (data.Shape.Rank > 2 ? node.Importer.LeadsToQuantize(index) : node.Importer.IsQuantizedBehind(index)) || Of(node, source) is not { } few) return false;
        var y = few.Times(node, true, term?.Row);
        if (term is { } taken) node.Importer.Finish([taken.Index], y);
        else node.Result(y);
        return true;
    }

    /// <summary>The same of a Gemm that only multiplies and adds a row; whether that was so.</summary>
    public static bool OfDequantizedLayer(OnnxNode node)
    {
        if (node.Proto.OpType != "Gemm" || (node.Float("alpha", 1), node.Int("transA", 0), node.Int("transB", 0)) != (1, 0, 0) || node.Input(0).Type is not { Element: ElementType.F32, Shape.Rank: >= 2 }) return false;
        if (node.Importer.Patterns.IsDequantized(node.Proto.Input[0]) || node.Importer.IsQuantizedBehind(node) || node.Importer.Patterns.DequantizedFor(node, 1) is not { } source) return false;
        var bias = node.OptionalInput(2);
        if (bias is not (null or { IsConstant: true, Type: { Element: ElementType.F32, Shape.Rank: 1 } }) || bias is not null && node.Float("beta", 1) != 1) return false;
        if (Of(node, source) is not { } few || bias is not null && bias.Type.Shape[0] != few.Columns) return false;
        node.Result(few.Times(node, true, bias));
        return true;
    }

    // The weights of a product that a DequantizeLinear makes real, where ONNX Runtime keeps them as they are stored.
    private static FewBits? Of(OnnxNode node, OnnxNode source)
    {
        if (source.Input(0) is not { IsConstant: true, Type: { Element: ElementType.U8 or ElementType.S8, Shape.Rank: 2 } } weights || source.Input(1) is not { IsConstant: true, Type.Element: ElementType.F32 } scale) return null;
        var zero = source.OptionalInput(2);
        if (zero is { IsConstant: false }) return null;
        var (k, n) = (weights.Type.Shape[0], weights.Type.Shape[1]);
        int block = source.Int("block_size", 0), count = scale.Type.Shape.ElementCount, blocks = block == 0 ? 1 : (k + block - 1) / block;
        bool columns = block == 0 && count == n && count > 1;
        if (block == 0 ? count != 1 && !(columns && source.Axis(source.Int("axis", 1), 2) == 1) : block < LeastBlock || !int.IsPow2(block) || source.Axis(source.Int("axis", 1), 2) != 0 || count != blocks * n) return null;
        if (zero is not null && zero.Type.Shape.ElementCount != count) return null;
        if (block == 0 && !columns && (scale.Type.Shape.Rank > 0 || zero?.Type.Shape.Rank > 0)) return null;
        // Of weights or scales that others take too it makes none: an embedding's, or a number that happens to be the same.
        if (source.Proto.Input.Take(2).Any(name => node.Importer.UsersOfStored(name) > 1)) return null;
        int bits = node.Importer.IsFourBit(source.Proto.Input[0]) ? 4 : 8, raised = weights.Type.Element == ElementType.S8 ? 1 << (bits - 1) : 0;
        int[] q = weights.Constant!.ToInt32(), zeros = zero?.Constant!.ToInt32() ?? new int[count];
        float[] scales = scale.Constant!.Span<float>().ToArray();
        int size = block == 0 ? DefaultBlock : block, parts = (k + size - 1) / size;
        int At(int part, int column) => count == 1 ? 0 : columns ? column : part * n + column;
        var turned = new byte[checked(n * parts * size)];
        for (int i = 0; i < q.Length; i++) turned[i % n * parts * size + i / n] = (byte)(q[i] + raised);
        int[] places = [.. Enumerable.Range(0, checked(parts * n)).Select(i => At(i % parts, i / parts))];
        return new FewBits(node.Input(0), turned, [.. places.Select(p => scales[p])], [.. places.Select(p => (float)(zeros[p] + raised))], n, bits, size, true);
    }

    // Weights [N, blocks * block] of few bits, scales and zero points [N, blocks], and the rows that they are multiplied with. MLAS takes zero points that are stored as the weights are.
    private sealed record FewBits(Value Data, byte[] Weights, float[] Scales, float[] Zeros, int Columns, int Bits, int Block, bool IsPacked)
    {
        private int Blocks => Scales.Length / Columns;

        private int K => Data.Type.Shape[-1];

        /// <summary>The product plus a bias. Level 4 lets ONNX Runtime quantize the data too.</summary>
        public Value Times(OnnxNode node, bool quantizes, Value? bias)
        {
            Value Plus(Value y) => bias is null ? y : node.Emit(new Binary(BinaryKind.Add), y, bias);
            bool isMlas = IsPacked && BlockedMatMul.Takes(Block, Bits, quantizes), isRow = Data.Type.Shape.ElementCount == K;
            if (isMlas && (quantizes || isRow))
            {
                Value Numbers(float[] numbers, string name) => Value.Of(name, Tensor.Of<float>(new Shape(Columns, Blocks), numbers));
                return node.Emit(new BlockedMatMul(Block, Bits, quantizes), Data, Value.Of(node.Proto.Input[1], Tensor.Of<byte>(new Shape(Columns, Blocks * Block), Weights)), Numbers(Scales, "scales"), Numbers(Zeros, "zeros"), bias);
            }
            var real = Value.Of(node.Proto.Input[1], Tensor.Of<float>(new Shape(K, Columns), Columned()));
            // MLAS takes all products in one run here, what it does not take is a product with a matrix that lies turned.
            return isMlas ? Plus(node.Emit(new BatchMatMul(K), Data, real)) : MatrixProducts.Turned(node, Data, real, bias);
        }

        // [K, N], less the zero points, scaled; zero points of floats are scaled by themselves.
        private float[] Columned()
        {
            var numbers = new float[checked(K * Columns)];
            for (int i = 0; i < numbers.Length; i++)
            {
                int column = i % Columns, row = i / Columns, at = column * Blocks + row / Block;
                byte weight = Weights[column * Blocks * Block + row];
                numbers[i] = IsPacked ? (weight - Zeros[at]) * Scales[at] : weight * Scales[at] - Scales[at] * Zeros[at];
            }
            return numbers;
        }
    }

    /// <summary>A number of few bits, low bits first.</summary>
    public static int Bits(ReadOnlySpan<byte> packed, int index, int bits) => packed[index * bits / 8] >> (index * bits % 8) & ((1 << bits) - 1);
}
