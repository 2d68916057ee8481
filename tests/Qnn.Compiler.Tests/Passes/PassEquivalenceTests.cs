using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Import;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Passes;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>Every pass on real models: the graph's outputs before and after it are identical, on random inputs, by the evaluator.</summary>
public sealed class PassEquivalenceTests
{
    // The evaluator is slow on purpose; larger models are judged by their goldens.
    private const long MaxMultiplyAdds = 3_000_000;

    // Larger files take long to read, and mostly hold larger models.
    private const long MaxFileBytes = 400_000;

    private static readonly (string Format, string Numerics)[] s_formats = [("tflite", "builtin"), ("tflite", "xnnpack"), ("onnx", "onnxruntime"), ("torchscript", "fbgemm"), ("mxnet", "mxnet")];

    public static TheoryData<string, string, string> Models
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (format, numerics) in s_formats)
            {
                foreach (string name in TestModels.Names(format).Concat(TestModels.OwnNames(format)))
                {
                    var model = TestModels.Open(format, name);
                    if (new[] { model.ModelPath, model.ParamsPath }.OfType<string>().Sum(path => new FileInfo(path).Length) <= MaxFileBytes) rows.Add(format, name, numerics);
                }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void APassLeavesTheOutputsAsTheyAre(string format, string name, string numerics)
    {
        Graph graph;
        try
        {
            var model = TestModels.Open(format, name);
            graph = ModelFormats.Find(model.ModelPath, model.ReadModel()).Import(model.ReadModel(), new ImportOptions(name, numerics, InputShapes.Parse(model.InputShapes), model.ModelPath, model.ParamsPath), CancellationToken.None).Graph;
        }
        catch (ModelException fault)
        {
            Assert.Skip(fault.Message);
            return;
        }
        Assert.SkipWhen(graph.MultiplyAdds > MaxMultiplyAdds, "too large for the evaluator");

        var random = new Random(3);
        var inputs = graph.Inputs.Select(i => RandomTensor(i.Type, random)).ToArray();
        var expected = Evaluator.Run(graph, inputs);
        foreach (var pass in PassPipeline.Default)
        {
            var after = pass.Run(graph);
            if (ReferenceEquals(after, graph)) continue;
            GraphVerifier.Verify(after);
            var actual = Evaluator.Run(after, inputs);
            for (int i = 0; i < expected.Count; i++)
            {
                Assert.True(expected[i].Bytes.Span.SequenceEqual(actual[i].Bytes.Span), $"{pass.Name} changes output {i} of {name}.");
            }
            graph = after;
        }
    }

    private static Tensor RandomTensor(TensorType type, Random random)
    {
        var tensor = new Tensor(type);
        if (type.Element == Runtime.ElementType.F32)
        {
            foreach (ref float x in tensor.MutableSpan<float>()) x = (float)(random.NextDouble() * 2 - 1);
        }
        else if (type.Element is Runtime.ElementType.S32 or Runtime.ElementType.S64)
        {
            // Indices and sizes: small numbers are the ones that mean something.
            tensor.MutableSpan<byte>().Clear();
        }
        else
        {
            random.NextBytes(tensor.MutableSpan<byte>());
        }
        return tensor;
    }
}
