using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Convolutions, pools and products of matrices of floats of random shapes: every kernel set and number of threads has the scalar kernel's bits, which adds one product after the other.</summary>
public sealed class FloatConvolutionTests
{
    private static readonly FloatSum[] s_sums = [.. Enum.GetValues<FloatSum>().Where(s => s is not (FloatSum.RoundedByColumns or FloatSum.RoundedQuads or FloatSum.FusedLanes))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ConvolutionsHaveTheScalarKernelsBits(int seed)
    {
        var random = new Random(seed);
        var sum = s_sums[seed % s_sums.Length];
        bool pointwise = random.Next(3) == 0;
        int kernelHeight = pointwise ? 1 : random.Next(1, 5), kernelWidth = pointwise ? 1 : random.Next(1, 5);
        int stride = pointwise ? 1 : random.Next(1, 4), dilation = random.Next(1, 3);
        int height = random.Next(1, 18), width = random.Next(1, 22), batch = random.Next(1, 3);
        int channels = random.Next(2) == 0 ? random.Next(1, 20) : random.Next(1, 9) * 16 + random.Next(2) * 4, outputs = random.Next(2) == 0 ? random.Next(1, 40) : random.Next(1, 12) * 16;
        var window = new Window2D(kernelHeight, kernelWidth, stride, random.Next(1, 3), dilation, dilation, pointwise ? 0 : random.Next(kernelHeight + 1), pointwise ? 0 : random.Next(kernelWidth + 1), pointwise ? 0 : random.Next(kernelHeight + 1), pointwise ? 0 : random.Next(kernelWidth + 1));
        if (FloatSumOrder.IsInside(sum)) window = window with { PadTop = 0, PadLeft = 0, PadBottom = 0, PadRight = 0 };
        if (window.OutputHeight(height) <= 0 || window.OutputWidth(width) <= 0) window = new Window2D(1, 1);
        var data = Numbers(random, batch, height, width, channels);
        var result = new Shape(batch, window.OutputHeight(height), window.OutputWidth(width), outputs);
        Check(new Conv2D(window, random.Next(2) == 0 ? 0 : float.NegativeInfinity, random.Next(2) == 0 ? 6 : float.PositiveInfinity, sum), data,
            [Constant(random, outputs, window.KernelHeight, window.KernelWidth, channels), random.Next(4) == 0 ? null : Constant(random, outputs), random.Next(2) == 0 ? null : Constant(random, result.Span.ToArray())]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void DepthwiseConvolutionsHaveTheScalarKernelsBits(int seed)
    {
        var random = new Random(seed);
        var sum = new[] { FloatSum.Rounded, FloatSum.FusedFromBias, FloatSum.FusedBiasLast, FloatSum.RoundedFromBias, FloatSum.RoundedByColumns, FloatSum.RoundedQuads }[seed % 6];
        int size = random.Next(1, 6), channels = random.Next(1, 70), multiplier = random.Next(4) == 0 ? 2 : 1, height = random.Next(1, 20), width = random.Next(1, 20);
        var window = new Window2D(size, size, random.Next(1, 4), random.Next(1, 3), random.Next(1, 3), random.Next(1, 3), random.Next(size + 1), random.Next(size + 1), random.Next(size + 1), random.Next(size + 1));
        if (FloatSumOrder.IsInside(sum)) (window, multiplier) = (window with { PadTop = 0, PadLeft = 0, PadBottom = 0, PadRight = 0 }, 1);
        if (window.OutputHeight(height) <= 0 || window.OutputWidth(width) <= 0) window = new Window2D(1, 1);
        Check(new DepthwiseConv2D(window, Min: random.Next(2) == 0 ? 0 : float.NegativeInfinity, Sum: sum), Numbers(random, random.Next(1, 3), height, width, channels),
            [Constant(random, 1, window.KernelHeight, window.KernelWidth, channels * multiplier), random.Next(3) == 0 ? null : Constant(random, channels * multiplier)]);
    }

    /// <summary>Groups, of which several may share a block of outputs: each sums its channels as a convolution of its own does.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void GroupsHaveTheBitsOfConvolutionsOfTheirOwn(int seed)
    {
        var random = new Random(seed);
        var sum = s_sums[seed % s_sums.Length];
        int size = random.Next(1, 4), height = random.Next(size, 12), width = random.Next(size, 12);
        int groups = new[] { 2, 3, 4, 8, 12 }[random.Next(5)], channels = new[] { 1, 2, 4, 8, 16, 24, 40, 96 }[random.Next(8)], outputs = new[] { 1, 2, 3, 4, 8, 16, 20, 48 }[random.Next(8)];
        if (channels == 1 && outputs == 1) outputs = 2;
        var window = new Window2D(size, size, random.Next(1, 3), random.Next(1, 3));
        if (!FloatSumOrder.IsInside(sum)) window = window with { PadTop = size / 2, PadLeft = size / 2, PadBottom = size / 2, PadRight = size / 2 };
        Tensor data = Numbers(random, 1, height, width, groups * channels), weights = Numbers(random, groups * outputs, size, size, channels), bias = Numbers(random, groups * outputs);
        var op = new Conv2D(window, Sum: sum);
        var whole = Check(op, data, [Value.Of("w", weights), Value.Of("b", bias), null]);
        for (int group = 0; group < groups; group++)
        {
            var part = Part(data, data.Type.Shape.ElementCount / (groups * channels), groups * channels, group * channels, channels);
            var alone = Run(op, Tensor.Of<float>(new Shape(1, height, width, channels), part), [
                Value.Of("w", Tensor.Of<float>(new Shape(outputs, size, size, channels), Part(weights, 1, weights.Type.Shape.ElementCount, group * outputs * size * size * channels, outputs * size * size * channels))),
                Value.Of("b", Tensor.Of<float>(new Shape(outputs), Part(bias, 1, groups * outputs, group * outputs, outputs))), null], KernelTier.Scalar, 1);
            float[] expected = [.. MemoryMarshal.Cast<byte, float>(alone)], all = [.. MemoryMarshal.Cast<byte, float>(whole)];
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], all[i / outputs * groups * outputs + group * outputs + i % outputs]);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ProductsOfMatricesHaveTheScalarKernelsBits(int seed)
    {
        var random = new Random(seed);
        int batch = random.Next(1, 4), rows = random.Next(1, 90), products = random.Next(1, 60), columns = random.Next(1, 75);
        Check(new BatchMatMul(new[] { 0, 16, 128 }[seed % 3]), Numbers(random, batch, rows, products), [Constant(random, batch, products, columns)]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void PoolsHaveTheScalarKernelsBits(int seed)
    {
        var random = new Random(seed);
        int size = random.Next(1, 5), height = random.Next(4, 12), width = random.Next(4, 12);
        Check(new Pool2D((PoolKind)(seed % 3 + 1), Window2D.Padded(random.Next(2) == 0, height, width, size, size, random.Next(1, 3), random.Next(1, 3)), Min: random.Next(2) == 0 ? 0 : float.NegativeInfinity), Numbers(random, 2, height, width, random.Next(1, 40)), []);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 100)];

    private static byte[] Check(Operator op, Tensor data, Value?[] rest)
    {
        byte[] expected = Run(op, data, rest, KernelTier.Scalar, 1);
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3]) Assert.True(expected.AsSpan().SequenceEqual(Run(op, data, rest, tier, threads)), $"{op} of {data.Type} differs on {tier} with {threads} threads");
        }
        return expected;
    }

    // Columns of some rows.
    private static float[] Part(Tensor tensor, int rows, int width, int first, int count)
    {
        var part = new float[rows * count];
        for (int i = 0; i < part.Length; i++) part[i] = tensor.Span<float>()[i / count * width + first + i % count];
        return part;
    }

    private static byte[] Run(Operator op, Tensor data, Value?[] rest, KernelTier tier, int threads)
    {
        var builder = new GraphBuilder("test");
        builder.AddOutput(builder.Add(op, [builder.AddInput("x", data.Type), .. rest], SourceLocation.None));
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions { Threads = threads, SplitsAll = true, Kernels = tier });
        data.Bytes.Span.CopyTo(session.Input(0));
        session.Run();
        return session.Output(0).ToArray();
    }

    private static Value Constant(Random random, params int[] shape) => Value.Of("c", Numbers(random, shape));

    // Of many magnitudes, zeros of both signs among them: sums that are added in another order, or from which padding is not left out, are others.
    private static Tensor Numbers(Random random, params int[] shape)
    {
        var numbers = new float[new Shape(shape).ElementCount];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = random.Next(12) switch { 0 => 0f, 1 => -0f, 2 => (random.NextSingle() - 0.5f) * 1e-30f, 3 => (random.NextSingle() - 0.5f) * 1000, _ => random.NextSingle() * 2 - 1 };
        return Tensor.Of<float>(new Shape(shape), numbers);
    }
}
