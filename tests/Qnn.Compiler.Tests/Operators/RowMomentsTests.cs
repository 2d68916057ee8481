using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Means and spreads of rows against their formulas, on every tier.</summary>
public sealed class RowMomentsTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(3, 0, 1e-5)]
    [InlineData(4, 0, 1e-5)]
    [InlineData(5, 0, 1e-5, 8)]
    [InlineData(6, 0, 1e-5, 3)]
    public void RowsHaveTheirMoments(int kind, double correction, double epsilon, int columns = 0)
    {
        foreach (int length in columns == 0 ? (int[])[2, 7, 64, 300] : [columns, 5 * columns, 40 * columns])
        {
            const int Rows = 3;
            var random = new Random(length);
            float[] data = [.. Enumerable.Range(0, Rows * length).Select(_ => (float)(random.NextDouble() * 4 - 1))];
            foreach (var tier in KernelTiers.Available)
            {
                var builder = new GraphBuilder("test");
                var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(Rows, length)));
                foreach (var result in builder.Add(new RowMoments((RowMomentsKind)kind, correction, epsilon, columns), [x], new SourceLocation("node", "TEST"), [])) builder.AddOutput(result);
                using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier });
                data.CopyTo(MemoryMarshal.Cast<byte, float>(session.Input(0)));
                session.Run();
                for (int r = 0; r < Rows; r++)
                {
                    double[] row = [.. data.AsSpan(r * length, length).ToArray().Select(v => (double)v)];
                    double mean = row.Average(), variance = row.Sum(v => (v - mean) * (v - mean)) / (length - correction);
                    double spread = kind switch { 1 => variance, 2 => Math.Sqrt(variance), _ => 1 / Math.Sqrt(variance + epsilon) };
                    Assert.Equal(spread, MemoryMarshal.Cast<byte, float>(session.Output(0))[r], kind < 3 ? 1e-7 * (1 + spread) : 1e-6 * (1 + spread));
                    Assert.Equal(mean, MemoryMarshal.Cast<byte, float>(session.Output(1))[r], 1e-6);
                }
            }
        }
    }
}
