using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Operators on axes of which only the first entries count, at counts of none, one, some and all, and beyond: counts are clamped.</summary>
public sealed class CountedOperatorTests
{
    [Theory]
    [InlineData(ElementType.F32)]
    [InlineData(ElementType.S64)]
    [InlineData(ElementType.S32)]
    [InlineData(ElementType.S16)]
    [InlineData(ElementType.U8)]
    [InlineData(ElementType.Bool)]
    public void PlacesOfWhatIsNotZeroAreInOrder(ElementType element)
    {
        var r = new Random(3);
        foreach (double share in (double[])[0, 0.02, 0.5, 1])
        {
            int[] shape = [3, 4, 5];
            bool[] set = [.. Enumerable.Range(0, 60).Select(i => r.NextDouble() < share || share == 0.02 && i == 37)];
            var data = new Tensor(new TensorType(element, new Shape(shape)));
            int size = element.Size();
            // The highest byte alone makes a number, too; the highest bit alone a zero of floats.
            for (int i = 0; i < 60; i++) data.MutableSpan<byte>()[(i + 1) * size - 1] = set[i] ? (byte)1 : element == ElementType.F32 ? (byte)0x80 : (byte)0;
            int[] found = [.. Enumerable.Range(0, 60).Where(i => set[i])];
            var expected = new long[3 * 60];
            for (int i = 0; i < found.Length; i++) (expected[i], expected[60 + i], expected[120 + i]) = (found[i] / 20, found[i] / 5 % 4, found[i] % 5);
            Check(new NonZero(), results =>
            {
                Assert.Equal(expected, results[0].ToInt64());
                Assert.Equal([(long)found.Length], results[1].ToInt64());
            }, data);
        }
    }

    [Fact]
    public void WhatIsNoNumberIsNotZero() =>
        Check(new NonZero(), results => Assert.Equal([0L, 2, 0, 0], results[0].ToInt64()), Tensor.Of<float>(new Shape(4), [float.NaN, -0f, float.Epsilon, 0]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void PackedEntriesLieAtTheBeginning(int axis)
    {
        int[] shape = [2, 3, 4];
        var data = Tensor.Of<short>(new Shape(shape), [.. Enumerable.Range(1, 24).Select(i => (short)i)]);
        foreach (long count in (long[])[0, 1, 2, shape[axis], long.MaxValue, -1])
        {
            short[] kept = [.. Enumerable.Range(0, 24).Where(i => i / (axis == 0 ? 12 : axis == 1 ? 4 : 1) % shape[axis] < count).Select(i => (short)(i + 1))];
            short[] expected = [.. kept, .. new short[24 - kept.Length]];
            var op = new PackCounted(axis);
            var number = Tensor.Scalar(count);
            Assert.Equal(expected, Evaluation.Evaluator.Evaluate(op, [data, number], op.InferTypes([data.Type, number.Type]))[0].Span<short>().ToArray());
            Check(op, results => Assert.Equal(expected, results[0].Span<short>().ToArray()), data, number);
        }
    }

    [Fact]
    public void JoinedEntriesHaveNoGaps()
    {
        var r = new Random(4);
        for (int trial = 0; trial < 40; trial++)
        {
            int outer = r.Next(1, 4), inner = r.Next(1, 4);
            int[] extents = [.. Enumerable.Range(0, r.Next(1, 4)).Select(_ => r.Next(1, 5))];
            // The last has all of its entries.
            long[] counts = [.. extents.Select((e, i) => i == extents.Length - 1 ? e : r.Next(0, e + 1))];
            Tensor[] parts = [.. extents.Select((e, k) => Tensor.Of<int>(new Shape(outer, e, inner), [.. Enumerable.Range(0, outer * e * inner).Select(i => 1000 * (k + 1) + i)]))];
            var expected = new List<int>();
            for (int o = 0; o < outer; o++)
            {
                int first = expected.Count;
                for (int k = 0; k < parts.Length; k++) expected.AddRange(parts[k].Span<int>().Slice(o * extents[k] * inner, (int)counts[k] * inner));
                expected.AddRange(new int[extents.Sum() * inner - (expected.Count - first)]);
            }
            Check(new JoinCounted(1), results => Assert.Equal(expected, results[0].Span<int>().ToArray()), [.. parts, .. counts.Select((c, i) => i == counts.Length - 1 ? null : Tensor.Scalar(c))]);
        }
    }

    [Fact]
    public void BoxesBeyondTheCountAreNotSelected()
    {
        float[] boxes = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], scores = [0.5f, 0.6f, 0.7f, 0.9f];
        long[][] selected = [[], [0], [1], [2, 1], [3, 2, 1]];
        for (int count = 0; count <= 4; count++)
        {
            long[] expected = [.. selected[count].SelectMany(box => new[] { 0, 0, box }), .. Enumerable.Repeat(-1L, 12 - 3 * selected[count].Length)];
            Check(new BoxSelection(10, 0.5f, null, false), results =>
            {
                Assert.Equal(expected, results[0].ToInt64());
                Assert.Equal([(long)(expected.Count(v => v >= 0) / 3)], results[1].ToInt64());
            }, Tensor.Of<float>(new Shape(1, 4, 4), boxes), Tensor.Of<float>(new Shape(1, 1, 4), scores), Tensor.Scalar((long)count));
        }
    }

    /// <summary>A size is anything when it comes, and taken as one that there is room for; behind what is there are zeros.</summary>
    [Theory]
    [InlineData(3, 2, 3, 2)]
    [InlineData(-7, 4, 0, 4)]
    [InlineData(long.MaxValue, 1, 4, 1)]
    public void ImagesAreResizedToWhatIsThere(long height, long width, int rows, int columns)
    {
        // The nearest pixel of each, two rows of which are there.
        float[] image = [1, 2, 3, 4, 5, 6, float.NaN, float.NaN];
        var expected = new float[16];
        for (int y = 0; y < rows; y++) for (int x = 0; x < columns; x++) expected[y * 4 + x] = image[Math.Min(1, y * 2 / rows) * 2 + x * 2 / columns];
        Check(new CountedResize(4, 4, CountedResizeMode.Nearest, ResizeCoordinates.Asymmetric, ResizeNearest.Floor, 0), results => Assert.Equal(expected, results[0].Span<float>().ToArray()),
            Tensor.Of<float>(new Shape(1, 1, 4, 2), image), Tensor.Scalar(height), Tensor.Scalar(width), Tensor.Scalar(2L), null);
    }

    /// <summary>Nor are they looked at: theirs may be anything, as large as no image.</summary>
    [Fact]
    public void RegionsBeyondTheCountAreZeros()
    {
        float[] image = [.. Enumerable.Range(1, 2 * 36).Select(i => (float)i)], regions = [0, 0, 4, 4, 1, 1, 5, 3, float.NegativeInfinity, 0, float.PositiveInfinity, 1e30f];
        float[]? all = null;
        for (int count = 2; count >= 0; count--)
        {
            Check(new RoiAlign(2, 3, 0, false, 1, true), results =>
            {
                float[] values = results[0].Span<float>().ToArray();
                Assert.Equal(values[..(count * 12)], (all ??= values)[..(count * 12)]);
                Assert.All(values[..(count * 12)], v => Assert.InRange(v, 1, 72));
                Assert.All(values[(count * 12)..], v => Assert.Equal(0, v));
            }, Tensor.Of<float>(new Shape(1, 2, 6, 6), image), Tensor.Of<float>(new Shape(3, 4), regions), Tensor.Of<long>(new Shape(3), [0L, 0, 0]), Tensor.Scalar((long)count));
        }
    }

    /// <summary>What a session shows of such an output ends with its entries.</summary>
    [Fact]
    public void AnOutputEndsWithItsEntries()
    {
        var builder = new GraphBuilder("test");
        var (data, count) = (builder.AddInput("x", new TensorType(ElementType.F32, new Shape(2, 3))), builder.AddInput("n", new TensorType(ElementType.S64, Shape.Scalar)));
        builder.AddOutput(builder.Add(new PackCounted(1), [data, count], SourceLocation.None, null, "y"));
        var graph = builder.Build();
        Assert.Equal(1, ModelSignature.Of(graph, ArtifactMetadata.None, "x.onnx").Outputs[0].VaryingAxis);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None));
        Assert.Equal("y: float32 2x(0-3)", model.Outputs[0].ToString());
        using var session = model.CreateSession();
        var tensor = new OutputTensor<float>(model.Outputs[0]);
        Assert.Equal(0, tensor.Count);
        new float[] { 1, 2, 3, 4, 5, 6 }.CopyTo(session.Input<float>(0));
        foreach (var (n, expected) in new (long, float[])[] { (0, []), (1, [1, 4]), (2, [1, 2, 4, 5]), (3, [1, 2, 3, 4, 5, 6]), (long.MaxValue, [1, 2, 3, 4, 5, 6]), (long.MinValue, []) })
        {
            session.Input<long>(1)[0] = n;
            session.Run();
            Assert.Equal(expected, session.Output<float>(0).ToArray());
            Assert.Equal([2, expected.Length / 2], session.OutputShape(0));
            tensor.Read(session, 0);
            Assert.Equal(expected, tensor.Values.ToArray());
            Assert.Equal(expected, tensor.Real.ToArray());
            Assert.Equal([2, expected.Length / 2], tensor.Shape);
            Assert.Equal(expected.Length, tensor.Count);
        }
    }

    /// <summary>A port's count is one int64 of the arena, for an axis that is there.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, -1)]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    public void AnOutputThatVariesInNoKnownWayIsRejected(int count, int axis)
    {
        var builder = new GraphBuilder("test");
        var (data, number) = (builder.AddInput("x", new TensorType(ElementType.F32, new Shape(5))), builder.AddInput("n", new TensorType(ElementType.S64, Shape.Scalar)));
        builder.AddOutput(builder.Add(new PackCounted(0), [data, number], SourceLocation.None, null, "y"));
        var program = GraphLowering.Lower(builder.Build());
        var bad = new LoweredProgram
        {
            Name = program.Name,
            Tensors = program.Tensors,
            Steps = program.Steps,
            Inputs = program.Inputs,
            ArenaBytes = program.ArenaBytes,
            Outputs = [program.Outputs[0] with { Count = count == 2 ? program.Outputs[0].Count : count, VaryingAxis = axis }],
        };
        Assert.Throws<QnnFormatException>(() => QuantizedModel.Load(ArtifactWriter.Write(bad, ArtifactMetadata.None)).Dispose());
    }

    private static void Check(Operator op, Action<Tensor[]> check, params Tensor?[] inputs)
    {
        var builder = new GraphBuilder("test");
        var values = inputs.Select((t, i) => t is null ? null : builder.AddInput($"x{i}", t.Type)).ToArray();
        var types = op.InferTypes([.. inputs.Select(i => i?.Type)]);
        // A reshape stands behind, so that outputs are whole.
        foreach (var result in builder.Add(op, values, new SourceLocation("node", "TEST"), new Quantization?[types.Count], null)) builder.AddOutput(builder.Add(new Reshape(result.Type.Shape), [result], SourceLocation.None));
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        foreach (int threads in (int[])[1, 3])
        {
            using var session = model.CreateSession(new InferenceOptions { Threads = threads, SplitsAll = true });
            int given = 0;
            foreach (var input in inputs) input?.Bytes.Span.CopyTo(session.Input(given++));
            session.Run();
            check([.. types.Select((type, i) => new Tensor(type, session.Output(i).ToArray()))]);
        }
    }
}
