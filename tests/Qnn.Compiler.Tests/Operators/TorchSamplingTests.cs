using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>PyTorch's resampling and its bags of float rows against their formulas in plain code, on every tier.</summary>
public sealed class TorchSamplingTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 21)]
    [InlineData(1, 8)]
    public void AnAxisIsSampledTapByTap(int taps, int inner)
    {
        const int Outer = 3, Extent = 5, Count = 7;
        var random = new Random(taps);
        float[] data = Floats(random, Outer * Extent * inner), weights = Floats(random, Count * taps);
        // Places beyond the axis are its ends.
        int[] places = [.. Enumerable.Range(0, Count * taps).Select(_ => random.Next(-2, Extent + 2))];
        var expected = new float[Outer * Count * inner];
        for (int i = 0; i < expected.Length; i++)
        {
            int o = i / inner % Count;
            float At(int t) => data[(i / (inner * Count) * Extent + Math.Clamp(places[o * taps + t], 0, Extent - 1)) * inner + i % inner];
            float sum = At(0) * weights[o * taps];
            for (int t = 1; t < taps; t++) sum = MathF.FusedMultiplyAdd(At(t), weights[o * taps + t], sum);
            expected[i] = sum;
        }
        var shape = new Shape(Count, taps);
        Check(new SampleAxis(), expected, (Tensor.Of<float>(new Shape(Outer, Extent, inner), data), true), (Tensor.Of<int>(shape, places), false), (Tensor.Of<float>(shape, weights), false));
    }

    [Theory]
    [InlineData(0, false, false, -1)]
    [InlineData(0, true, true, 4)]
    [InlineData(1, false, false, 4)]
    [InlineData(2, true, false, 3)]
    public void BagsHoldTheirRows(int mode, bool last, bool weighted, int padding)
    {
        const int Rows = 9, Columns = 5, Count = 11;
        var random = new Random(mode);
        float[] table = Floats(random, Rows * Columns), weights = Floats(random, Count);
        // Indices that are no row, and offsets beyond the indices, do no harm.
        long[] indices = [3, 8, 0, -1, 4, 4, 9, 2, 7, long.MaxValue, 1], offsets = [0, 2, 2, 7, 99];
        int bags = offsets.Length - (last ? 1 : 0);
        var expected = new float[bags * Columns];
        for (int bag = 0; bag < bags; bag++)
        {
            long to = bag + 1 < offsets.Length ? Math.Min(offsets[bag + 1], Count) : Count;
            int[] members = [.. Enumerable.Range(0, Count).Where(i => i >= offsets[bag] && i < to && indices[i] is >= 0 and < Rows && indices[i] != padding)];
            for (int c = 0; c < Columns && members.Length > 0; c++)
            {
                float Row(int i) => table[indices[i] * Columns + c];
                float sum = members.Aggregate(0f, (s, i) => MathF.FusedMultiplyAdd(weighted ? weights[i] : 1, Row(i), s));
                expected[bag * Columns + c] = mode == 2 ? members.Max(Row) : mode == 1 ? sum / members.Length : sum;
            }
        }
        Check(
            new RowBag((RowBagMode)mode, last, padding), expected, (Tensor.Of<float>(new Shape(Rows, Columns), table), false), (Tensor.Of<long>(new Shape(Count), indices), true), (Tensor.Of<long>(new Shape(offsets.Length), offsets), true),
            (weighted ? Tensor.Of<float>(new Shape(Count), weights) : null, false));
    }

    [Theory]
    [InlineData(11, 1, false)]
    [InlineData(12, 2, true)]
    [InlineData(13, 3, false)]
    [InlineData(13, 3, true)]
    public void PointsOfAGridThatArePixelsAreRead(int mode, int padding, bool aligned)
    {
        const int Height = 3, Width = 4, Channels = 2;
        var random = new Random(mode);
        float[] images = Floats(random, Channels * Height * Width), grid = new float[Height * Width * 2];
        for (int i = 0; i < Height * Width; i++)
        {
            for (int a = 0; a < 2; a++)
            {
                int at = a == 0 ? i % Width : i / Width, extent = a == 0 ? Width : Height;
                grid[2 * i + a] = aligned ? 2f * at / (extent - 1) - 1 : (2f * at + 1) / extent - 1;
            }
        }
        var op = new GridSample((GridSampleMode)mode, (GridSamplePadding)padding, aligned);
        Check(op, images, (Tensor.Of<float>(new Shape(1, Channels, Height, Width), images), true), (Tensor.Of<float>(new Shape(1, Height, Width, 2), grid), true));
    }

    [Fact]
    public void PointsThatAreNoNumbersDoNoHarm()
    {
        foreach (var mode in (GridSampleMode[])[GridSampleMode.TorchLinear, GridSampleMode.TorchNearest, GridSampleMode.TorchCubic])
        {
            foreach (var padding in (GridSamplePadding[])[GridSamplePadding.Zeros, GridSamplePadding.Border, GridSamplePadding.Reflection])
            {
                float[] points = [float.NaN, 0, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f];
                Assert.Equal(3, Run(new GridSample(mode, padding, false), null, (Tensor.Of<float>(new Shape(1, 1, 2, 2), new float[4]), true), (Tensor.Of<float>(new Shape(1, 1, 3, 2), points), true)).Length);
            }
        }
    }

    private static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1))];

    private static void Check(Operator op, float[] expected, params (Tensor? Value, bool IsInput)[] operands)
    {
        foreach (var tier in KernelTiers.Available)
        {
            float[] actual = Run(op, tier, operands);
            Assert.Equal(expected.Length, actual.Length);
            // Places that are worked out from a grid are pixels but for a rounding.
            for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], op is GridSample ? 1e-5f : 0f);
        }
    }

    private static float[] Run(Operator op, KernelTier? tier, params (Tensor? Value, bool IsInput)[] operands)
    {
        var builder = new GraphBuilder("test");
        Value?[] values = [.. operands.Select((o, i) => o.Value is null ? null : o.IsInput ? builder.AddInput($"i{i}", o.Value.Type) : Value.Of($"c{i}", o.Value))];
        builder.AddOutput(builder.Add(op, values, new SourceLocation("node", "TEST")));
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        using var session = model.CreateSession(tier is { } named ? new InferenceOptions { Kernels = named } : new InferenceOptions());
        int input = 0;
        foreach (var (value, isInput) in operands)
        {
            if (isInput) value!.Bytes.Span.CopyTo(session.Input(input++));
        }
        session.Run();
        return MemoryMarshal.Cast<byte, float>(session.Output(0)).ToArray();
    }
}
