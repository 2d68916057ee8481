using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>PyTorch's order of sums against the same order in plain code, element by element.</summary>
public sealed class CascadeSumTests
{
    private const int Lanes = 8;

    [Theory]
    [InlineData(2, 5, 1)]
    [InlineData(3, 37, 1)]
    [InlineData(1, 1300, 1)]
    [InlineData(1, 40000, 1)]
    [InlineData(2, 49, 3)]
    [InlineData(2, 196, 7)]
    [InlineData(1, 300, 8)]
    [InlineData(2, 1, 40)]
    [InlineData(1, 5000, 75)]
    public void SumsAreAddedInPyTorchsOrder(int outer, int rows, int columns)
    {
        var random = new Random(rows + columns);
        float[] x = [.. Enumerable.Range(0, outer * rows * columns).Select(_ => random.NextSingle() * 2 - 0.7f)];
        float[] expected = new float[outer * columns];
        for (int a = 0; a < outer; a++)
        {
            var matrix = x.AsSpan(a * rows * columns, rows * columns).ToArray();
            if (columns == 1) expected[a] = Line(matrix);
            else for (int c = 0; c < columns; c++) expected[a * columns + c] = Column([.. Enumerable.Range(0, rows).Select(r => matrix[r * columns + c])], c, columns);
        }
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                var builder = new GraphBuilder("test");
                builder.AddOutput(builder.Add(new CascadeSum(), [builder.AddInput("x", new TensorType(ElementType.F32, new Shape(outer, rows, columns)))], new SourceLocation("node", "TEST")));
                using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
                x.CopyTo(MemoryMarshal.Cast<byte, float>(session.Input(0)));
                session.Run();
                Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(session.Output(0)).ToArray());
            }
        }
    }

    private static float Line(float[] x)
    {
        if (x.Length < Lanes) return EveryFourth(x);
        int vectors = x.Length / Lanes;
        float sum = 0;
        for (int i = vectors * Lanes; i < x.Length; i++) sum += x[i];
        for (int lane = 0; lane < Lanes; lane++) sum += EveryFourth([.. Enumerable.Range(0, vectors).Select(v => x[v * Lanes + lane])]);
        return sum;
    }

    private static float Column(float[] x, int column, int columns)
    {
        int block = columns >= Lanes ? 4 * Lanes : 4;
        return column < columns / block * block ? Cascade(x) : EveryFourth(x);
    }

    private static float EveryFourth(float[] x)
    {
        int whole = x.Length / 4;
        float[] parts = [.. Enumerable.Range(0, 4).Select(k => Cascade([.. Enumerable.Range(0, whole).Select(i => x[4 * i + k])]))];
        for (int i = 4 * whole; i < x.Length; i++) parts[0] += x[i];
        return parts[0] + parts[1] + parts[2] + parts[3];
    }

    private static float Cascade(float[] x)
    {
        int power = Math.Max(4, (int)Math.Ceiling(Math.Log2(Math.Max(2, x.Length))) / 4), step = 1 << power;
        float[] levels = new float[4];
        int i = 0;
        while (i + step <= x.Length)
        {
            for (int j = 0; j < step; j++) levels[0] += x[i++];
            for (int level = 1; level < 4; level++)
            {
                levels[level] += levels[level - 1];
                levels[level - 1] = 0;
                if ((i & ((step - 1) << (level * power))) != 0) break;
            }
        }
        for (; i < x.Length; i++) levels[0] += x[i];
        return levels[0] + levels[1] + levels[2] + levels[3];
    }
}
