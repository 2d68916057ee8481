using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>oneDNN's requantization against its formula, on every tier.</summary>
public sealed class SteppedRequantizeTests
{
    [Theory]
    [InlineData(1, true, false)]
    [InlineData(3, false, true)]
    [InlineData(8, true, true)]
    [InlineData(16, false, false)]
    [InlineData(29, true, false)]
    [InlineData(64, true, true)]
    public void EveryStepIsRounded(int channels, bool hasBias, bool isSigned)
    {
        const int Rows = 37;
        var random = new Random(channels);
        int[] sums = [.. Enumerable.Range(0, Rows * channels).Select(_ => random.Next(-200_000, 200_000))];
        (sums[0], sums[^1]) = (int.MinValue, int.MaxValue);
        float[] multipliers = [.. Enumerable.Range(0, channels).Select(_ => random.NextSingle() * 1e-4f)], biases = [.. Enumerable.Range(0, channels).Select(_ => random.NextSingle() - 0.5f)];
        const float Inverse = 1 / 0.0313f;
        var (zeroPoint, low, high) = isSigned ? (-7, -7, 127) : (113, 0, 255);
        byte[] expected = [.. sums.Select((sum, i) =>
        {
            float real = sum * multipliers[i % channels];
            if (hasBias) real += biases[i % channels];
            return unchecked((byte)(int)Math.Clamp(MathF.Round(real * Inverse + zeroPoint, MidpointRounding.ToEven), low, high));
        })];
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                var builder = new GraphBuilder("test");
                var op = new SteppedRequantize(Inverse, isSigned ? ElementType.S8 : ElementType.U8, zeroPoint, low, high);
                var x = builder.AddInput("x", new TensorType(ElementType.S32, new Shape(Rows, channels)));
                builder.AddOutput(builder.Add(op, [x, Row(multipliers), hasBias ? Row(biases) : null], new SourceLocation("node", "TEST")));
                using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
                sums.CopyTo(MemoryMarshal.Cast<byte, int>(session.Input(0)));
                session.Run();
                Assert.Equal(expected, session.Output(0).ToArray());
            }
        }
    }

    private static Value Row(float[] numbers) => Value.Of("row", Tensor.Of<float>(new Shape(numbers.Length), numbers));
}
