namespace Qnn.Compiler.Tests.Import.TorchScript;

/// <summary>Operators of small TorchScript archives, held to what libtorch 2.10 answered.</summary>
public sealed class TorchScriptOperatorTests
{
    // x is 1x2x4x4, element i being ((11 i) mod 19 - 9) / 20, and q its integers.
    [Theory]
    [InlineData("torch.avg_pool2d(q, [2, 2], [2, 2])", new float[] { 60, 59, 63, 61, 61, 59, 63, 62 })]
    [InlineData("torch.avg_pool2d(torch.contiguous(q, memory_format=2), [2, 2], [2, 2])", new float[] { 61, 59, 63, 61, 61, 59, 63, 61 })]
    [InlineData("torch.adaptive_avg_pool2d(q, [2, 1])", new float[] { 60, 62, 60, 62 })]
    [InlineData("ops.quantized.mul(q, q, 0.0125, 7)", new float[] { 23, 8, 14, 12, 9, 20, 7, 20, 9, 12, 14, 8, 23, 7, 17, 10, 10, 17, 7, 23, 8, 14, 12, 9, 20, 7, 20, 9, 12, 14, 8, 23 })]
    [InlineData("torch.upsample_bilinear2d(q, None, False, [0.75, 0.75])", new float[] { 55, 60, 63, 61, 63, 57, 68, 59, 63, 59, 63, 54, 65, 59, 61, 59, 62, 67 })]
    [InlineData("torch.upsample_nearest2d(q, None, [0.75, 0.75])", new float[] { 52, 63, 55, 58, 69, 61, 64, 56, 67, 57, 68, 60, 63, 55, 66, 69, 61, 53 })]
    [InlineData("torch.max_pool2d(q, [2, 2], [1, 1], [0, 0], [2, 2])", new float[] { 67, 66, 70, 69, 69, 68, 66, 70 })]
    [InlineData("torch.quantize_per_tensor(torch.replication_pad2d(x, [1, 0, 0, 0]), 0.05, 61, 13)", new float[] { 52, 52, 63, 55, 66, 58, 58, 69, 61, 53, 64, 64, 56, 67, 59, 70, 70, 62, 54, 65, 57, 57, 68, 60, 52, 63, 63, 55, 66, 58, 69, 69, 61, 53, 64, 56, 56, 67, 59, 70 })]
    [InlineData("ops.quantized.add(q, 0.7)", new float[] { 52, 63, 55, 66, 58, 69, 61, 53, 64, 56, 67, 59, 70, 62, 54, 65, 57, 68, 60, 52, 63, 55, 66, 58, 69, 61, 53, 64, 56, 67, 59, 70 })]
    public void QuantizedOperatorsAnswerAsPyTorch(string expression, float[] expected) => Assert.Equal(expected, Run(expression, "fbgemm"));

    // With channels last averages are rounded otherwise.
    [Theory]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.adaptive_max_pool2d(torch.contiguous(x, memory_format=2), [4, 4])[0], 0.05, 61, 13), [2, 2])", new float[] { 61, 59, 63, 61, 61, 59, 63, 61 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.add(x, torch.contiguous(x, memory_format=2)), 0.05, 61, 13), [2, 2])", new float[] { 60, 56, 65, 62, 60, 57, 66, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.add(torch.contiguous(x, memory_format=2), x), 0.05, 61, 13), [2, 2])", new float[] { 60, 57, 65, 61, 61, 57, 65, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.cat([torch.contiguous(x, memory_format=2), x], 1), 0.05, 61, 13), [2, 2])", new float[] { 60, 59, 63, 61, 61, 59, 63, 62, 60, 59, 63, 61, 61, 59, 63, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.flip(torch.contiguous(x, memory_format=2), [3]), 0.05, 61, 13), [2, 2])", new float[] { 59, 61, 61, 63, 59, 61, 61, 63 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.constant_pad_nd(torch.slice(torch.contiguous(x, memory_format=2), 2, 0, 3), [0, 0, 1, 0], 0.3), 0.05, 61, 13), [2, 2])", new float[] { 62, 64, 62, 60, 65, 61, 62, 60 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.batch_norm(torch.contiguous(x, memory_format=2), None, None, torch.zeros([2]), torch.ones([2]), False, 0.1, 1e-05, True), 0.05, 61, 13), [2, 2])", new float[] { 61, 59, 63, 61, 61, 59, 63, 61 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.sigmoid(torch.slice(torch.cat([torch.contiguous(x, memory_format=2), torch.contiguous(x, memory_format=2)], 1), 1, 1, 3)), 0.05, 61, 13), [2, 2])", new float[] { 71, 71, 71, 71, 71, 71, 71, 71 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.permute(torch.permute(torch.contiguous(x, memory_format=2), [0, 2, 3, 1]), [0, 3, 1, 2]), 0.05, 61, 13), [2, 2])", new float[] { 61, 59, 63, 61, 61, 59, 63, 61 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.masked_fill(torch.contiguous(x, memory_format=2), torch.gt(x, 0.3), 0.5), 0.05, 61, 13), [2, 2])", new float[] { 61, 59, 63, 61, 62, 59, 64, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.quantize_per_tensor(torch.glu(torch.cat([torch.contiguous(x, memory_format=2), torch.contiguous(x, memory_format=2)], 1), 1), 0.05, 61, 13), [2, 2])", new float[] { 61, 60, 63, 61, 61, 61, 63, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.clone(torch.contiguous(q, memory_format=2)), [2, 2])", new float[] { 60, 59, 63, 61, 61, 59, 63, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(ops.quantized.elu(torch.contiguous(q, memory_format=2), 0.05, 61, 1., 1., 1.), [2, 2])", new float[] { 61, 59, 63, 62, 61, 60, 64, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(ops.quantized.group_norm(torch.contiguous(q, memory_format=2), 2, None, None, 1e-05, 0.05, 61), [2, 2])", new float[] { 60, 53, 69, 62, 60, 53, 69, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(ops.quantized.add(q, torch.contiguous(q, memory_format=2), 0.05, 61), [2, 2])", new float[] { 60, 56, 65, 62, 60, 57, 66, 62 })]
    [InlineData("torch.adaptive_avg_pool2d(ops.quantized.mul_scalar(torch.slice(ops.quantized.cat([torch.contiguous(q, memory_format=2), torch.contiguous(q, memory_format=2)], 1, 0.05, 61), 1, 1, 3), 0.7), [2, 2])", new float[] { 61, 59, 63, 61, 61, 59, 63, 61 })]
    [InlineData("torch.adaptive_avg_pool2d(torch.select(torch.unsqueeze(torch.contiguous(q, memory_format=2), 0), 0, 0), [2, 2])", new float[] { 61, 59, 63, 61, 61, 59, 63, 61 })]
    [InlineData("ops.quantized.prelu(q, torch.quantize_per_tensor(torch.tensor([0.25]), 0.01, 7, 13), 0.02, 61)", new float[] { 55, 66, 57, 73, 59, 81, 61, 56, 69, 58, 76, 60, 83, 63, 57, 71, 59, 79, 60, 55, 66, 57, 73, 59, 81, 61, 56, 69, 58, 76, 60, 83 })]
    public void TheOrderInMemoryIsPyTorchs(string expression, float[] expected) => Assert.Equal(expected, Run(expression, "fbgemm"));

    [Theory]
    [InlineData("ops.quantized.mul(q, q, 0.0125, 7)", "qnnpack", 23)]
    [InlineData("torch.max_pool2d(q, [2, 2], [1, 1], [0, 0], [2, 2])", "onednn", 67)]
    public void OtherEnginesTakeTheSameOperators(string expression, string numerics, float first) => Assert.Equal(first, Run(expression, numerics)[0]);

    // n is x * 20, whole numbers: whatever the order of sums, the answer is one.
    [Theory]
    [InlineData("torch.einsum(\"abij,abkj->aik\", [n, n])", new float[] { 293, -25, -134, -34, -25, 211, -66, -134, -134, -66, 211, -25, -34, -134, -25, 293 })]
    [InlineData("torch.einsum(\"...ij,...jk->...\", [n, n])", new float[] { -39, -39 })]
    [InlineData("torch.outer(torch.select(torch.select(torch.select(n, 0, 0), 0, 0), 0, 0), torch.select(torch.select(torch.select(n, 0, 0), 0, 1), 0, 2))", new float[] { -72, 0, 72, -27, 16, 0, -16, 6, -48, 0, 48, -18, 40, 0, -40, 15 })]
    [InlineData("torch.gather(n, 3, torch.reshape(torch.remainder(torch.arange(8), 4), [1, 2, 4, 1]))", new float[] { -9, 8, 6, 4, -4, -6, -8, 9 })]
    [InlineData("torch.scatter(torch.reshape(n, [4, 8]), 1, torch.reshape(torch.remainder(torch.arange(8), 5), [4, 2]), torch.reshape(torch.to(torch.arange(8), 6), [4, 2]))", new float[] { 0, 1, -6, 5, -3, 8, 0, -8, 3, -5, 2, 3, 9, 1, -7, 4, 5, 7, -1, -9, 4, -6, 5, -3, 8, 6, 7, 3, -5, 6, -2, 9 })]
    [InlineData("torch.sort(torch.reshape(n, [4, 8]), 1, True)[0]", new float[] { 8, 5, 2, 0, -3, -6, -8, -9, 9, 6, 4, 3, 1, -2, -5, -7, 7, 5, 2, -1, -3, -4, -6, -9, 9, 8, 6, 3, 0, -2, -5, -8 })]
    [InlineData("torch.to(torch.sort(torch.reshape(n, [4, 8]), 0)[1], 6)", new float[] { 0, 1, 3, 2, 3, 2, 1, 0, 2, 3, 0, 1, 0, 1, 3, 2, 1, 0, 2, 3, 2, 3, 0, 1, 3, 2, 1, 0, 1, 0, 2, 3 })]
    [InlineData("torch.to(torch.one_hot(torch.remainder(torch.arange(4), 3), 5), 6)", new float[] { 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0 })]
    [InlineData("torch.tril(n, -1)", new float[] { 0, 0, 0, 0, -3, 0, 0, 0, 3, -5, 0, 0, 9, 1, -7, 0, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, -5, 6, -2, 0 })]
    [InlineData("torch.triu(torch.reshape(n, [4, 8]), 2)", new float[] { 0, 0, -6, 5, -3, 8, 0, -8, 0, 0, 0, -2, 9, 1, -7, 4, 0, 0, 0, 0, 2, -6, 5, -3, 0, 0, 0, 0, 0, 6, -2, 9 })]
    [InlineData("torch.conv3d(torch.reshape(n, [1, 1, 2, 4, 4]), torch.reshape(torch.to(torch.arange(8), 6), [1, 1, 2, 2, 2]), None, [1, 2, 1], [1, 0, 1])", new float[] { -66, 12, 26, -55, -28, 78, 48, -33, 0, 16, -24, 9, 32, -59, -70, 35, 60, -31, 30, 74, 2, -7, 2, -8, -6, -7, 8, -2, 26, 18 })]
    [InlineData("torch.conv_transpose2d(n, torch.reshape(torch.to(torch.arange(24), 6), [2, 3, 2, 2]), None, [2, 1], [1, 0], [1, 0])", new float[] { -74, 15, 85, -149, -120, 24, -49, -10, 29, -47, 22, -47, 4, 17, -69, 96, 107, -101, -62, 37, 118, 119, -115, -64, 39, -60, 16, 55, 75, 121, -52, 38, 51, 83, 147, -126, -1, 93, -193, -136, 20, -45, 18, 5, -91, 18, -43, 32, -7, -113, 140, 131, -129, -66, 41, 162, 143, -143, -68, 43, -44, 60, 47, 91, 173, -36, 82, 43, 99, 199, -178, -17, 101, -237, -152, 16, -41, 46, -19, -135, 14, -39, 60, -31, -157, 184, 155, -157, -70, 45, 206, 167, -171, -72, 47, -28, 104, 39, 107, 225, -20, 126, 35, 115, 251 })]
    [InlineData("torch.conv_transpose1d(torch.reshape(n, [2, 4, 4]), torch.reshape(torch.to(torch.arange(24), 6), [4, 2, 3]), None, [2], [1], [1], 2)", new float[] { -30, 6, 58, 68, -6, -60, -51, -54, -66, 0, 88, 80, -24, -87, -60, -63, 210, 180, -46, -104, -55, -8, 50, 52, 246, 204, -58, -119, -58, -5, 56, 58, 10, -28, -35, -4, 34, 20, -30, -42, 4, -31, -32, 11, 46, -4, -66, -78, 9, 120, 114, -12, -142, 46, 210, 222, 18, 147, 132, -24, -172, 52, 246, 258 })]
    [InlineData("torch.conv_transpose3d(torch.reshape(n, [1, 1, 2, 4, 4]), torch.reshape(torch.to(torch.arange(8), 6), [1, 1, 2, 2, 2]))", new float[] { 0, -9, 2, -6, 5, -18, -26, 2, -8, 7, -6, 10, 19, -10, -26, 6, 8, -2, 7, -2, 18, 29, -11, -13, 12, -36, -41, -7, -11, 16, -74, -30, 31, -60, -35, -2, 24, 47, -25, -72, 70, 59, -32, -9, 24, 44, 66, -21, -13, 55, -16, 8, 31, -41, -45, -16, 0, 33, -48, -78, 44, 18, -44, -11, -6, 28, 55, -26, -12, 66, -30, 1, 30, 40, 63 })]
    [InlineData("torch.avg_pool3d(torch.reshape(n, [1, 1, 2, 4, 4]), [2, 2, 2], [1, 2, 2], [0, 1, 1])", new float[] { -1.625f, 0.25f, -0.5f, 1.25f, 0, -1.25f, 0.5f, -0.25f, 1.625f })]
    [InlineData("torch.var(torch.reshape(n, [2, 16]), [1], False)", new float[] { 31.484375f, 31.484375f })]
    [InlineData("torch.cumsum(n, 2)", new float[] { -9, 2, -6, 5, -12, 10, -6, -3, -9, 5, 0, -5, 0, 6, -7, -1, -4, 7, -1, -9, -2, 1, 4, -12, 6, 1, -4, -9, 1, 7, -6, 0 })]
    [InlineData("torch.mean(torch.transpose(n, 1, 2), [1], True)", new float[] { 0, 1.5f, -1.75f, -0.25f, 0.25f, 1.75f, -1.5f, 0 })]
    [InlineData("torch.movedim(n, [1, 3], [3, 0])", new float[] { -9, -4, -3, 2, 3, 8, 9, -5, 2, 7, 8, -6, -5, 0, 1, 6, -6, -1, 0, 5, 6, -8, -7, -2, 5, -9, -8, -3, -2, 3, 4, 9 })]
    [InlineData("torch.meshgrid([torch.select(torch.select(torch.select(n, 0, 0), 0, 0), 0, 0), torch.select(torch.select(torch.select(n, 0, 0), 0, 1), 0, 2)], indexing=\"xy\")[0]", new float[] { -9, 2, -6, 5, -9, 2, -6, 5, -9, 2, -6, 5, -9, 2, -6, 5 })]
    [InlineData("torch.repeat_interleave(torch.select(n, 1, 0), 2, 2)", new float[] { -9, -9, 2, 2, -6, -6, 5, 5, -3, -3, 8, 8, 0, 0, -8, -8, 3, 3, -5, -5, 6, 6, -2, -2, 9, 9, 1, 1, -7, -7, 4, 4 })]
    [InlineData("torch.hardshrink(n, 4.)", new float[] { -9, 0, -6, 5, 0, 8, 0, -8, 0, -5, 6, 0, 9, 0, -7, 0, 0, 7, 0, -9, 0, -6, 5, 0, 8, 0, -8, 0, -5, 6, 0, 9 })]
    [InlineData("torch.softshrink(n, 4.)", new float[] { -5, 0, -2, 1, 0, 4, 0, -4, 0, -1, 2, 0, 5, 0, -3, 0, 0, 3, 0, -5, 0, -2, 1, 0, 4, 0, -4, 0, -1, 2, 0, 5 })]
    [InlineData("torch.to(torch.isnan(n), 6)", new float[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("torch.mul(n, ops.prim.max([2, 5, 3]))", new float[] { -45, 10, -30, 25, -15, 40, 0, -40, 15, -25, 30, -10, 45, 5, -35, 20, -20, 35, -5, -45, 10, -30, 25, -15, 40, 0, -40, 15, -25, 30, -10, 45 })]
    public void FloatOperatorsAnswerAsPyTorch(string expression, float[] expected) => Assert.Equal(expected, TorchAnswers.Of(expression));

    private static float[] Run(string expression, string numerics) => TorchAnswers.Of("q", $"torch.to(torch.int_repr({expression}), 6)", numerics);
}
