using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;

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

    [Theory]
    [InlineData("ops.quantized.mul(q, q, 0.0125, 7)", "qnnpack", 23)]
    [InlineData("torch.max_pool2d(q, [2, 2], [1, 1], [0, 0], [2, 2])", "onednn", 67)]
    public void OtherEnginesTakeTheSameOperators(string expression, string numerics, float first) => Assert.Equal(first, Run(expression, numerics)[0]);

    private static float[] Run(string expression, string numerics)
    {
        string code = $$"""
            class M(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.M,
                x: Tensor) -> Tensor:
                q = torch.quantize_per_tensor(x, 0.050000000000000003, 61, 13)
                z = {{expression}}
                return torch.to(torch.int_repr(z), 6)

            """;
        var graph = PassPipeline.Run(TorchArchives.Import(TorchArchives.Archive(code), "1x2x4x4", numerics));
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions());
        var x = MemoryMarshal.Cast<byte, float>(session.Input(0));
        for (int i = 0; i < x.Length; i++) x[i] = (float)((i * 11 % 19 - 9) * 0.05);
        session.Run();
        return MemoryMarshal.Cast<byte, float>(session.Output(0)).ToArray();
    }
}
