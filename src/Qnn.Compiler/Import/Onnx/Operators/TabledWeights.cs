using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Weights of four bits that are places in a table of sixteen numbers, as bitsandbytes quantizes.</summary>
internal static class TabledWeights
{
    private static readonly float[] s_floats = [0, 5.208333333e-03f, 0.66666667f, 1, 0.33333333f, 0.5f, 0.16666667f, 0.25f];

    private static readonly float[] s_normals =
    [
        -1, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f, 0.7229568362236023f, 1,
    ];

    /// <summary>
    /// Float a [.., K] times weights [N, K], two a byte, high bits first, each a number of a table times the greatest magnitude of its block (<c>matmul_bnb4.cc</c>): FP4 (0) or NF4 (1). Blocks run through all rows.
    /// </summary>
    [OnnxOperator("MatMulBnb4", OnnxOperatorAttribute.Microsoft)]
    public static void MatMulBnb4(OnnxNode node)
    {
        int k = node.Int("K", 0), n = node.Int("N", 0), block = node.Int("block_size", 0);
        float[] table = node.Int("quant_type", 0) switch
        {
            0 => [.. s_floats, .. s_floats.Select(v => -v)],
            1 => s_normals,
            var t => throw node.Malformed($"has weights of the type {t}"),
        };
        if (k < 1 || n < 1 || block < 1) throw node.Malformed($"has weights {k} by {n} in blocks of {block}");
        if (node.Int("transB", 1) != 1) throw node.Unsupported("its weights lie turned");
        var packed = node.Constant(1, "weights").Bytes.Span;
        var greatest = node.Constant(2, "greatest magnitudes").Span<float>();
        int count = checked(k * n);
        if (packed.Length != (count + 1) / 2 || greatest.Length != (count + block - 1) / block) throw node.Malformed($"has {packed.Length} bytes of weights and {greatest.Length} blocks");
        var turned = new float[count];
        for (int i = 0; i < count; i++) turned[i % k * n + i / k] = table[packed[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15] * greatest[i / block];
        node.Result(MatrixProducts.Turned(node, node.Input(0), Value.Of(node.Proto.Input[1], Tensor.Of<float>(new Shape(k, n), turned)), null));
    }
}
