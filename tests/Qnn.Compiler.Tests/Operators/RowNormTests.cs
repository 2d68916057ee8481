using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>PyTorch's order of squares against the same order in plain code, element by element.</summary>
public sealed class RowNormTests
{
    private const int Lanes = 8;

    [Theory]
    [InlineData(5, 3)]
    [InlineData(1, 8)]
    [InlineData(7, 37)]
    [InlineData(300, 64)]
    [InlineData(2, 5000)]
    public void SquaresAreAddedInPyTorchsOrder(int rows, int length)
    {
        var random = new Random(rows + length);
        float[] x = [.. Enumerable.Range(0, rows * length).Select(_ => random.NextSingle() * 2 - 0.7f)];
        float[] expected = [.. x.Chunk(length).Select(Norm)];
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                var builder = new GraphBuilder("test");
                builder.AddOutput(builder.Add(new RowNorm(), [builder.AddInput("x", new TensorType(ElementType.F32, new Shape(rows, length)))], new SourceLocation("node", "TEST")));
                using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
                x.CopyTo(MemoryMarshal.Cast<byte, float>(session.Input(0)));
                session.Run();
                Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(session.Output(0)).ToArray());
            }
        }
    }

    private static float Norm(float[] row)
    {
        int whole = row.Length / Lanes * Lanes;
        float sum = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            float squares = 0;
            for (int i = lane; i < whole; i += Lanes) squares = MathF.FusedMultiplyAdd(row[i], row[i], squares);
            sum += squares;
        }
        foreach (float rest in row[whole..]) sum = MathF.FusedMultiplyAdd(rest, rest, sum);
        return MathF.Sqrt(sum);
    }
}
