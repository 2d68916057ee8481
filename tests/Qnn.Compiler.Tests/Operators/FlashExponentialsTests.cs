using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Blocks of a softmax against its formula, on every tier.</summary>
public sealed class FlashExponentialsTests
{
    [Theory]
    [InlineData(5, 7)]
    [InlineData(16, 33)]
    [InlineData(100, 1)]
    public void TwoBlocksMakeASoftmax(int first, int second)
    {
        const int Rows = 4;
        var random = new Random(first);
        float[] data = [.. Enumerable.Range(0, Rows * (first + second)).Select(_ => (float)(random.NextDouble() * 40 - 20))];
        // A row whose first block is masked, and one that is masked whole.
        for (int i = 0; i < first; i++) data[i] = float.NegativeInfinity;
        data.AsSpan(first + second, first + second).Fill(float.NegativeInfinity);
        foreach (var tier in KernelTiers.Available)
        {
            var builder = new GraphBuilder("test");
            Value a = builder.AddInput("a", new TensorType(ElementType.F32, new Shape(Rows, first))), b = builder.AddInput("b", new TensorType(ElementType.F32, new Shape(Rows, second)));
            var here = new SourceLocation("node", "TEST");
            var one = builder.Add(new FlashExponentials(), [a], here, []);
            foreach (var result in (Value[])[one[0], .. builder.Add(new FlashExponentials(), [b, one[1], one[2]], here, [])]) builder.AddOutput(result);
            using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier });
            for (int r = 0; r < Rows; r++)
            {
                data.AsSpan(r * (first + second), first).CopyTo(MemoryMarshal.Cast<byte, float>(session.Input(0))[(r * first)..]);
                data.AsSpan(r * (first + second) + first, second).CopyTo(MemoryMarshal.Cast<byte, float>(session.Input(1))[(r * second)..]);
            }
            session.Run();
            float Output(int index, int at) => MemoryMarshal.Cast<byte, float>(session.Output(index))[at];
            for (int r = 0; r < Rows; r++)
            {
                float[] row = data[(r * (first + second))..((r + 1) * (first + second))];
                double max = row.Max(), sum = row.Sum(v => double.IsNegativeInfinity(max) ? 0 : Math.Exp(v - max));
                Assert.Equal((float)max, Output(2, r));
                Assert.Equal(sum, Output(3, r), 1e-5 * sum);
                for (int i = 0; i < first + second; i++)
                {
                    double actual = i < first ? Output(0, r * first + i) * (double)Output(4, r) : Output(1, r * second + i - first), expected = double.IsNegativeInfinity(max) ? 0 : Math.Exp(row[i] - max);
                    Assert.Equal(expected, actual, 2e-6);
                }
            }
        }
    }
}
