using CsCheck;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Tests.Convolution;

namespace Qnn.Conformance.Tests;

/// <summary>The NEON convolutions against the evaluator on random shapes, types and arithmetics: compiled here, run under the emulator.</summary>
public sealed class Arm64ConvolutionTests
{
    private const int CasesOfAKind = 80;

    [Theory]
    [InlineData("neondot", "max")]
    [InlineData("neon", "cortex-a53")]
    public void RandomConvolutionsAreExact(string tier, string cpu)
    {
        Arm64Tests.SkipUnlessEmulated();
        string folder = Directory.CreateTempSubdirectory("qnn-convolutions-").FullName;
        try
        {
            var pairs = new List<string>();
            foreach (var kind in new[] { ConvolutionCase.Conv2D, ConvolutionCase.Depthwise, ConvolutionCase.Dense })
            {
                foreach (var c in kind.Array[CasesOfAKind].Single()) pairs.AddRange(Write(c, Path.Combine(folder, $"{pairs.Count}")));
            }
            Arm64Tests.Emulate(cpu, ["check", tier, "1", .. pairs]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes a case as an artifact and a golden folder.</summary>
    private static IEnumerable<string> Write(ConvolutionCase c, string folder)
    {
        var graph = c.Build();
        var data = c.Data(graph)[0];
        var result = Evaluator.Run(graph, [data])[0];
        Directory.CreateDirectory(folder);
        string artifact = Path.Combine(folder, "model.qnnc");
        File.WriteAllBytes(artifact, ArtifactWriter.Write(GraphLowering.Lower(PassPipeline.Run(graph)), ArtifactMetadata.None));
        File.WriteAllBytes(Path.Combine(folder, "x.bin"), data.Bytes.ToArray());
        File.WriteAllBytes(Path.Combine(folder, "y.bin"), result.Bytes.ToArray());
        static string Port(string name, string file, Compiler.Ir.TensorType type) =>
            $$"""[{ "name": "{{name}}", "file": "{{file}}", "dtype": "{{type.Element.Name()}}", "shape": [{{string.Join(", ", type.Shape)}}] }]""";
        File.WriteAllText(
            Path.Combine(folder, "golden.json"),
            $$"""
            { "name": "convolution", "format": "tflite", "model": ["model.qnnc"], "kernels": "evaluator",
              "cases": [{ "name": "random", "inputs": {{Port(graph.Inputs[0].Name, "x.bin", data.Type)}}, "outputs": {{Port(graph.Outputs[0].Name, "y.bin", result.Type)}} }] }
            """);
        return [artifact, folder];
    }
}
