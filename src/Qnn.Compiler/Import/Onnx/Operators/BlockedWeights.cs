using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

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
        // Level 4 lets ONNX Runtime quantize the data too.
        if (node.Int("accuracy_level", 0) is 4 && bits != 8) throw node.Unsupported("its accuracy level 4 quantizes the data at run time");
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
        var real = new float[checked(k * n)];
        for (int column = 0; column < n; column++)
        {
            for (int row = 0; row < k; row++)
            {
                int at = row / block;
                float zero = zeros is null ? 1 << (bits - 1) : packedZeros ? Bits(zeros.Bytes.Span[(column * zeroWidth)..], at, bits) : zeros.Span<float>()[column * blocks + at];
                real[row * n + column] = (Bits(packed.Bytes.Span[((column * blocks + at) * width)..], row % block, bits) - zero) * scales.Span<float>()[column * blocks + at];
            }
        }
        // MLAS takes all products in one run here.
        var y = node.Emit(new BatchMatMul(k), node.Input(0), Value.Of(node.Proto.Input[1], Tensor.Of<float>(new Shape(k, n), real)));
        node.Result(node.OptionalInput(5) is { } bias ? node.Emit(new Binary(BinaryKind.Add), y, bias) : y);
    }

    private static int Bits(ReadOnlySpan<byte> packed, int index, int bits) => packed[index * bits / 8] >> (index * bits % 8) & ((1 << bits) - 1);
}
