using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Grouped products and triangular systems of whole numbers, whose sums are exact in any order, on every tier.</summary>
public sealed class TorchProductTests
{
    [Theory]
    [InlineData(false, new int[] { 1, 3, 9 })]
    [InlineData(true, new int[] { 1, 3, 9 })]
    [InlineData(true, new int[] { 0, 5, 5 })]
    // Ends that are none do no harm: rows behind the last are 0.
    [InlineData(false, new int[] { -7, 4, 400 })]
    public void RowsAreMultipliedByTheMatrixOfTheirGroup(bool isTurned, int[] ends)
    {
        const int Rows = 9, Depth = 13, Columns = 21;
        var random = new Random(ends[1]);
        float[] a = Whole(random, Rows * Depth), b = Whole(random, ends.Length * Depth * Columns), expected = new float[Rows * Columns];
        for (int i = 0; i < expected.Length; i++)
        {
            int row = i / Columns, group = Array.FindIndex(ends, e => e > row);
            for (int k = 0; k < Depth && group >= 0; k++) expected[i] += a[row * Depth + k] * b[(group * Depth + k) * Columns + i % Columns];
        }
        Check(new GroupedMatMul(5, isTurned), expected, Tensor.Of<float>(new Shape(Rows, Depth), a), Tensor.Of<float>(new Shape(ends.Length, Depth, Columns), b), Tensor.Of<int>(new Shape(ends.Length), ends));
    }

    [Theory]
    [InlineData(12, 9)]
    [InlineData(5, 3)]
    public void TrianglesTimesTheirSolutionsAreWhatIsGiven(int rows, int columns)
    {
        const int Batches = 2;
        var random = new Random(rows);
        // What is on the diagonal and above it does not count.
        float[] a = [.. Whole(random, Batches * rows * rows).Select(v => v % 2)], x = Whole(random, Batches * rows * columns), b = new float[x.Length];
        for (int i = 0; i < b.Length; i++)
        {
            int batch = i / columns / rows, row = i / columns % rows;
            b[i] = x[i];
            for (int k = 0; k < row; k++) b[i] += a[(batch * rows + row) * rows + k] * x[(batch * rows + k) * columns + i % columns];
        }
        Check(new TriangularSolve(), x, Tensor.Of<float>(new Shape(Batches, rows, rows), a), Tensor.Of<float>(new Shape(Batches, rows, columns), b));
    }

    private static float[] Whole(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(-9, 10))];

    private static void Check(Operator op, float[] expected, params Tensor[] operands)
    {
        foreach (var tier in KernelTiers.Available)
        {
            var builder = new GraphBuilder("test");
            Value[] values = [.. operands.Select((o, i) => builder.AddInput($"i{i}", o.Type))];
            builder.AddOutput(builder.Add(op, values, new SourceLocation("node", "TEST")));
            using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier });
            for (int i = 0; i < operands.Length; i++) operands[i].Bytes.Span.CopyTo(session.Input(i));
            session.Run();
            Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(session.Output(0)).ToArray());
        }
    }
}
