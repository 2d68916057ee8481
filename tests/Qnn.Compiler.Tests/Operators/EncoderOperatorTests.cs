using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>What transformer encoders spend their time in: every kernel set gives the bits of the scalar kernels, on extents with and without whole vectors, and on extreme numbers.</summary>
public sealed class EncoderOperatorTests
{
    private static readonly float[] s_extremes =
    [
        0, -0f, float.Epsilon, -float.Epsilon, 1e-38f, -1e-38f, 0.5f, -0.5f, 1.5f, 2.5f, 0.921875f, 0.9218749f, 3.925f, 4, -4, 17, 88, -88, 88.5f, -103, -104, 300, -300, 1e30f, -1e30f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity,
    ];

    [Theory]
    [InlineData(UnaryKind.MlasErf)]
    [InlineData(UnaryKind.MlasGelu)]
    public void Functions(object kind)
    {
        var r = new Random(1);
        foreach (int count in (int[])[1, 15, 16, 17, 64, 2000, 5000])
        {
            float[] x = [.. s_extremes.Take(count), .. Numbers(r, Math.Max(0, count - s_extremes.Length), 5)];
            Check(new Unary((UnaryKind)kind), null, Tensor.Of<float>(new Shape(x.Length), x));
        }
    }

    [Fact]
    public void Softmax()
    {
        var r = new Random(2);
        for (int length = 1; length < 70; length++)
        {
            float[] x = Numbers(r, 5 * length, length % 3 == 0 ? 200 : 4);
            for (int i = 0; i < length; i++) x[i] = i % 2 == 0 ? -1e30f : -0f;
            if (length > 3) x[^1] = float.NegativeInfinity;
            Check(new Softmax(1, RowFunction.MlasSoftmax), null, Tensor.Of<float>(new Shape(5, length), x));
        }
    }

    [Theory]
    [InlineData(ElementType.U8)]
    [InlineData(ElementType.S8)]
    public void Quantization(ElementType type)
    {
        var r = new Random(3);
        foreach (float scale in (float[])[0.01f, 1 / 3f, 1, 0.0234f, 7e-5f, 1e-38f, 1e-44f, 1e30f, 1e38f])
        {
            // Numbers in and around the middle between two steps, which products by a reciprocal miss.
            var x = s_extremes.ToList();
            for (int step = -300; step < 300; step++)
            {
                float middle = (step + 0.5f) * scale;
                x.AddRange([middle, MathF.BitIncrement(middle), MathF.BitDecrement(middle)]);
            }
            x.AddRange(Numbers(r, 333, 300 * scale));
            x.Add(float.NaN);
            Check(new Quantize(type, QuantizeArithmetic.DivideEven), new Quantization(scale, type == ElementType.U8 ? 121 : -7), Tensor.Of<float>(new Shape(x.Count), x.ToArray()));
        }
    }

    [Fact]
    public void RangesOfRunTime()
    {
        var r = new Random(4);
        foreach (int count in (int[])[1, 7, 16, 31, 32, 33, 100, 1000])
        {
            foreach (float magnitude in (float[])[0, 1e-44f, 1e-30f, 0.3f, 100, 1e30f])
            {
                foreach (int sign in (int[])[-1, 0, 1])
                {
                    float[] x = [.. Numbers(r, count, magnitude).Select(v => sign == 0 ? v : sign * MathF.Abs(v))];
                    Check(new DynamicQuantizeLinear(), null, Tensor.Of<float>(new Shape(count), x));
                }
            }
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(10)]
    [InlineData(0)]
    public void Products(int run)
    {
        var r = new Random(5);
        for (int trial = 0; trial < 40; trial++)
        {
            // The last ones are large enough for columns to be copied.
            int batches = r.Next(1, 4), m = trial < 36 ? r.Next(2, 30) : r.Next(60, 140), k = trial < 36 ? r.Next(1, 150) : r.Next(129, 300), n = trial < 36 ? r.Next(2, 140) : r.Next(60, 100);
            Check(new BatchMatMul(run), null, Tensor.Of<float>(new Shape(batches, m, k), Numbers(r, batches * m * k, 1)), Tensor.Of<float>(new Shape(trial % 2 == 0 ? 1 : batches, k, n), Numbers(r, (trial % 2 == 0 ? 1 : batches) * k * n, 1)));
        }
    }

    [Theory]
    [InlineData(LayerNormalizationKind.TwoPasses)]
    [InlineData(LayerNormalizationKind.Running)]
    [InlineData(LayerNormalizationKind.RootMeanSquare)]
    [InlineData(LayerNormalizationKind.TwoPassesOfHalves)]
    public void Normalization(object kind)
    {
        var r = new Random(6);
        foreach (int length in (int[])[1, 8, 15, 16, 33, 256])
        {
            foreach (int rows in (int[])[1, 3, 4, 9, 70])
            {
                Tensor x = Tensor.Of<float>(new Shape(rows, length), Numbers(r, rows * length, 3)), scale = Tensor.Of<float>(new Shape(length), Numbers(r, length, 1)), bias = Tensor.Of<float>(new Shape(length), Numbers(r, length, 1));
                Check(new LayerNormalization(1e-5f, (LayerNormalizationKind)kind), null, x, scale, bias);
            }
        }
    }

    private static float[] Numbers(Random r, int count, float magnitude) => [.. Enumerable.Range(0, count).Select(_ => (r.NextSingle() * 2 - 1) * magnitude)];

    private static void Check(Operator op, Quantization? quantization, params Tensor[] inputs)
    {
        var builder = new GraphBuilder("test");
        Value[] values = [.. inputs.Select((t, i) => builder.AddInput($"x{i}", t.Type))];
        var types = op.InferTypes([.. inputs.Select(t => t.Type)]);
        foreach (var result in builder.Add(op, values, new SourceLocation("node", "TEST"), [quantization])) builder.AddOutput(result);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        var expected = Run(KernelTier.Scalar, 1);
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                var actual = Run(tier, threads);
                for (int i = 0; i < types.Count; i++)
                {
                    if (expected[i].AsSpan().SequenceEqual(actual[i])) continue;
                    int at = expected[i].AsSpan().CommonPrefixLength(actual[i]) / types[i].Element.Size();
                    Assert.Fail($"{op} of {string.Join(", ", inputs.Select(t => t.Type))} on {tier.Name()} with {threads} threads: element {at} of result {i} differs.");
                }
            }
        }

        byte[][] Run(KernelTier tier, int threads)
        {
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
            for (int i = 0; i < inputs.Length; i++) inputs[i].Bytes.Span.CopyTo(session.Input(i));
            session.Run();
            return [.. types.Select((_, i) => session.Output(i).ToArray())];
        }
    }
}
