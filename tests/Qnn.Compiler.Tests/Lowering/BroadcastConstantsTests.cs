using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Tests.Lowering;

/// <summary>Constants that broadcast in short rows are repeated, and the results stay what they are.</summary>
public sealed class BroadcastConstantsTests
{
    [Theory]
    [InlineData("1x192x192x3", "3", "1x1x192x3")]
    [InlineData("48x48x17", "48x48x1", "48x48x17")]
    [InlineData("2x5x7", "5x1", "2x5x7")]
    [InlineData("1x56x56x24", "1x56x56x24", null)]
    [InlineData("1x56x56x96", "96", null)]
    [InlineData("1x56x56x3", "1", null)]
    [InlineData("300x300x3", "300x300x1", null)]
    public void ShortRowsAreRepeatedUpToALimit(string result, string constant, string? expected)
    {
        var repeated = BroadcastConstants.Repeated(new Tensor(new TensorType(ElementType.S8, Parse(constant))), Parse(result));
        Assert.Equal(expected is null ? null : Parse(expected), repeated?.Type.Shape);
    }

    [Fact]
    public void ResultsStayWhatTheyAre()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            int[] extents = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => 1 + random.Next(random.Next(2) == 0 ? 4 : 24))];
            int[] part = [.. extents[random.Next(extents.Length)..].Select(e => random.Next(2) == 0 ? 1 : e)];
            Tensor Random(int[] shape)
            {
                var tensor = new Tensor(new TensorType(ElementType.S8, new Shape(shape), new Quantization(0.05f + random.NextSingle(), random.Next(-128, 128))));
                random.NextBytes(tensor.MutableSpan<byte>());
                return tensor;
            }

            var data = Random(extents);
            var builder = new GraphBuilder("broadcast");
            Value x = builder.AddInput("x", data.Type), c = Value.Of("c", Random(part));
            Operator op = random.Next(2) == 0 ? new QuantizedAdd(AddArithmetic.FixedPoint, random.Next(2) == 0, -128, 127) : new QuantizedMul(MulArithmetic.FixedPoint, ElementType.S8, -128, 127);
            builder.AddOutput(builder.Add(op, random.Next(2) == 0 ? [x, c] : [c, x], SourceLocation.None, new Quantization(0.3f, 5)));
            var graph = builder.Build();
            var expected = Evaluator.Run(graph, [data])[0].Bytes.ToArray();
            using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None));
            foreach (var tier in KernelTiers.Available)
            {
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = 2, SplitsAll = true });
                data.Bytes.Span.CopyTo(session.Input(0));
                session.Run();
                Assert.Equal(expected, session.Output(0).ToArray());
            }
        }
    }

    private static Shape Parse(string text) => new([.. text.Split('x').Select(int.Parse)]);
}
