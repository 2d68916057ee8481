using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Import.TorchScript;

/// <summary>What a compiled archive of one expression answers. x is 1x2x4x4, element i being ((11 i) mod 19 - 9) / 20; q is x quantized, n is x * 20, whole numbers.</summary>
internal static class TorchAnswers
{
    /// <summary>The answer of an expression of x and n.</summary>
    public static float[] Of(string expression) => Of("n", expression, "fbgemm");

    /// <summary>The answer of an expression of x and q or n, by some engine.</summary>
    public static float[] Of(string name, string result, string numerics) => Of(name, [$"return {result}"], numerics);

    /// <summary>What lines of code return that know of x and q or n, by some engine.</summary>
    public static float[] Of(string name, string[] lines, string numerics)
    {
        string value = name == "q" ? "torch.quantize_per_tensor(x, 0.050000000000000003, 61, 13)" : "torch.round(torch.mul(x, 20.))";
        string code = $$"""
            class M(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.M,
                x: Tensor) -> Tensor:
                {{name}} = {{value}}
                {{string.Join("\n    ", lines)}}

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
