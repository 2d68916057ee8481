using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Kernels made for ONNX against their formulas, written out; random shapes, every tier, one and three threads.</summary>
public sealed class OnnxOperatorTests
{
    [Theory]
    [InlineData(ElementType.U8, ElementType.S8, ElementType.U8)]
    [InlineData(ElementType.S8, ElementType.S8, ElementType.S8)]
    [InlineData(ElementType.U8, ElementType.U8, ElementType.S32)]
    public void MatricesOfRunTimeAreMultipliedExactly(ElementType left, ElementType right, ElementType output)
    {
        var r = new Random(5);
        for (int trial = 0; trial < 30; trial++)
        {
            int batches = r.Next(1, 4), m = r.Next(1, 20), k = r.Next(1, 70), n = r.Next(1, 45);
            var (a, b) = (Fill(r, left, batches, m, k), Fill(r, right, r.Next(2) == 0 ? 1 : batches, k, n));
            var (za, zb) = (Fill(r, left), Fill(r, right));
            float multiplier = output == ElementType.S32 ? 0 : r.NextSingle() * 1e-3f + 1e-5f;
            int zero = output == ElementType.U8 ? 7 : output == ElementType.S8 ? -3 : 0;
            var expected = new List<int>();
            int[] x = a.ToInt32(), y = b.ToInt32();
            for (int i = 0; i < batches * m; i++)
                for (int c = 0; c < n; c++)
                {
                    int sum = 0, at = b.Type.Shape[0] == 1 ? 0 : i / m * k * n;
                    for (int d = 0; d < k; d++) sum += (x[i * k + d] - za.ToInt32()[0]) * (y[at + d * n + c] - zb.ToInt32()[0]);
                    var (low, high) = output == ElementType.U8 ? (0, 255) : (-128, 127);
                    expected.Add(output == ElementType.S32 ? sum : (int)Math.Clamp(MathF.Round(sum * multiplier, MidpointRounding.ToEven) + zero, low, high));
                }
            Check(new QuantizedMatMul(multiplier, output, zero), results => Assert.Equal(expected, results[0].ToInt32()), a, b, za, zb);
        }
    }

    [Fact]
    public void RangesAreSpreadAtRunTime()
    {
        var r = new Random(6);
        for (int trial = 0; trial < 40; trial++)
        {
            int count = r.Next(1, 200);
            float offset = trial % 3 - 1, width = trial == 0 ? 0 : r.NextSingle() * 10;
            float[] x = [.. Enumerable.Range(0, count).Select(_ => trial == 0 ? 0 : (r.NextSingle() + offset) * width)];
            float most = MathF.Max(0, x.Max()), least = MathF.Min(0, x.Min()), scale = most == least ? 1 : (most - least) / 255;
            float zero = Math.Clamp(MathF.Round(-least / scale, MidpointRounding.ToEven), 0, 255);
            Check(new DynamicQuantizeLinear(), results =>
            {
                Assert.Equal(x.Select(v => (int)Math.Clamp(MathF.Round(v / scale, MidpointRounding.ToEven) + zero, 0, 255)), results[0].ToInt32());
                Assert.Equal(scale, results[1].Span<float>()[0]);
                Assert.Equal((int)zero, results[2].ToInt32()[0]);
            }, Tensor.Of<float>(new Shape(count), x));
        }
    }

    [Fact]
    public void SumsAreScaledInTheOrderOfTheirOperators()
    {
        var r = new Random(7);
        for (int trial = 0; trial < 30; trial++)
        {
            int rows = r.Next(1, 9), n = r.Next(1, 40);
            int[] sums = [.. Enumerable.Range(0, rows * n).Select(_ => r.Next(-100000, 100000))], columns = [.. Enumerable.Range(0, n).Select(_ => r.Next(-5000, 5000))];
            float[] factors = [.. Enumerable.Range(0, r.Next(2) == 0 ? 1 : n).Select(_ => r.NextSingle() * 0.01f)], bias = [.. Enumerable.Range(0, n).Select(_ => r.NextSingle())];
            int zero = r.Next(256);
            var expected = sums.Select((s, i) => (s - zero * columns[i % n]) * factors[factors.Length == 1 ? 0 : i % n] + bias[i % n]).ToArray();
            Check(new ScaledSums(), results => Assert.Equal(expected, results[0].Span<float>().ToArray()),
                Tensor.Of<int>(new Shape(rows, n), sums), Tensor.Of<float>(new Shape(factors.Length), factors), Tensor.Of<float>(new Shape(n), bias), Tensor.Scalar(zero), Tensor.Of<int>(new Shape(n), columns));
        }
    }

    private static void Check(Operator op, Action<Tensor[]> check, params Tensor[] inputs)
    {
        var builder = new GraphBuilder("test");
        var values = inputs.Select((t, i) => builder.AddInput($"x{i}", t.Type)).ToArray();
        var types = op.InferTypes([.. inputs.Select(i => i.Type)]);
        foreach (var result in builder.Add(op, values, new SourceLocation("node", "TEST"), new Quantization?[types.Count], null)) builder.AddOutput(result);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
                for (int i = 0; i < inputs.Length; i++) inputs[i].Bytes.Span.CopyTo(session.Input(i));
                session.Run();
                check([.. types.Select((type, i) => new Tensor(type, session.Output(i).ToArray()))]);
            }
        }
    }

    private static Tensor Fill(Random r, ElementType element, params int[] extents)
    {
        var tensor = new Tensor(new TensorType(element, new Shape(extents)));
        r.NextBytes(tensor.MutableSpan<byte>());
        return tensor;
    }
}
