using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Convolutions that round what a float sum would be, on every kernel set and number of threads: they have the bits of that sum, made product by product.</summary>
public sealed class FloatSumConvolutionTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheyRoundAsTheFloatSum(int seed)
    {
        var random = new Random(seed);
        bool depthwise = seed % 3 == 0, pointwise = random.Next(3) == 0;
        int kernelHeight = pointwise ? 1 : random.Next(1, 5), kernelWidth = pointwise ? 1 : random.Next(1, 5), height = random.Next(1, 12), width = random.Next(1, 12);
        int channels = random.Next(2) == 0 ? random.Next(2, 30) : random.Next(1, 6) * 16, outputs = depthwise ? channels : random.Next(2) == 0 ? random.Next(1, 40) : random.Next(1, 6) * 16;
        var window = pointwise ? new Window2D(1, 1) : new Window2D(kernelHeight, kernelWidth, random.Next(1, 3), random.Next(1, 3), random.Next(1, 3), random.Next(1, 3), random.Next(kernelHeight), random.Next(kernelWidth), random.Next(kernelHeight), random.Next(kernelWidth));
        if (window.OutputHeight(height) <= 0 || window.OutputWidth(width) <= 0) window = new Window2D(1, 1);
        var sum = depthwise ? FloatSum.RoundedQuads : (FloatSum)((int)FloatSum.FusedProducts128 + random.Next(4));
        var element = random.Next(2) == 0 ? ElementType.U8 : ElementType.S8;
        // A quotient of scales that is a small fraction puts many sums on halves, where the roundings of the float sum decide.
        float inputScale = random.NextSingle() * 0.1f + 0.001f, weightScale = random.NextSingle() * 0.01f + 0.001f, scale = inputScale * weightScale * (random.Next(2) == 0 ? 1 << random.Next(1, 9) : random.NextSingle() * 400 + 1);
        int groups = depthwise ? channels : random.Next(3) == 0 ? new[] { 2, 3, 4 }.FirstOrDefault(g => channels % g == 0 && outputs % g == 0, 1) : 1;
        int products = window.KernelHeight * window.KernelWidth * (channels / groups);
        var (case1, _) = Case(random, new Shape(random.Next(1, 3), height, width, channels), element, window, sum, inputScale, weightScale, scale, outputs, products, groups, isPerChannel: random.Next(2) == 0, hasBias: random.Next(3) > 0);
        Check(case1.Graph, case1.Data);
    }

    /// <summary>Sums of products that are exactly halves of steps: what rounds them is what float lost.</summary>
    [Theory]
    [InlineData(FloatSum.FusedProducts128, 64, 40)]
    [InlineData(FloatSum.FusedProducts256, 300, 24)]
    [InlineData(FloatSum.RoundedQuads, 64, 64)]
    internal void RoundingsOfTheFloatSumDecide(FloatSum sum, int channels, int outputs)
    {
        bool depthwise = sum == FloatSum.RoundedQuads;
        var window = new Window2D(depthwise ? 3 : 1, depthwise ? 3 : 1);
        var (test, weights) = Case(new Random(1), new Shape(1, 9, 9, channels), ElementType.U8, window, sum, 0.1f, 0.1f, 0.1f * 0.1f * 16, outputs, depthwise ? 9 : channels, depthwise ? channels : 1, isPerChannel: false, hasBias: false);
        byte[] expected = Check(test.Graph, test.Data);
        int[] x = test.Data.ToInt32(), w = weights.ToInt32();
        int halves = 0, other = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int pixel = i / outputs, o = i % outputs, exact = 0;
            for (int k = 0; k < (depthwise ? 9 : channels); k++)
            {
                int at = depthwise ? ((pixel / 7 + k / 3) * 9 + pixel % 7 + k % 3) * channels + o : pixel * channels + k;
                exact += (x[at] - test.Data.Type.ZeroPoint) * w[o * (depthwise ? 9 : channels) + k];
            }
            if (exact % 16 is not (8 or -8)) continue;
            halves++;
            if (Math.Clamp(Math.Round(exact / 16.0) + 128, 0, 255) != expected[i]) other++;
        }
        Assert.True(halves > expected.Length / 100 && other > halves / 100, $"{other} of {halves} halves are rounded otherwise");
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 90)];

    private static ((Graph Graph, Tensor Data) Test, Tensor Weights) Case(Random random, Shape shape, ElementType element, Window2D window, FloatSum sum, float inputScale, float weightScale, float scale, int outputs, int products, int groups, bool isPerChannel, bool hasBias)
    {
        int signed = element == ElementType.S8 ? 128 : 0, zero = random.Next(256) - signed;
        byte[] data = new byte[shape.ElementCount];
        random.NextBytes(data);
        var quantization = isPerChannel ? new Quantization([.. Enumerable.Range(0, outputs).Select(_ => weightScale * (random.Next(4) + 1))], [.. new int[outputs]], 0) : new Quantization(weightScale, 0);
        // Small ones, so that results are not all clamped, and the extremes.
        var bytes = new sbyte[outputs * products];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (sbyte)(random.Next(50) == 0 ? random.Next(2) == 0 ? -128 : 127 : random.Next(-4, 5));
        var weights = Tensor.Of<sbyte>(new Shape(outputs, window.KernelHeight, window.KernelWidth, products / (window.KernelHeight * window.KernelWidth)), bytes, quantization);
        var input = new Tensor(new TensorType(element, shape) with { Quantization = new Quantization(inputScale, zero) }, data);
        var bias = hasBias ? Value.Of("bias", Tensor.Of<float>(new Shape(outputs), [.. Enumerable.Range(0, outputs).Select(_ => (random.NextSingle() - 0.5f) * 100 * scale)])) : null;
        int low = -signed + (hasBias ? random.Next(100) : 0), high = 255 - signed;
        var builder = new GraphBuilder("test");
        builder.AddOutput(builder.Add(new QnnFloatSumConv2D(window, sum, element, scale, 128 - signed, low, high, groups), [builder.AddInput("x", input.Type), Value.Of("weights", weights), bias], SourceLocation.None, new Quantization(scale, 128 - signed)));
        return ((builder.Build(), input), weights);
    }

    private static byte[] Check(Graph graph, Tensor data)
    {
        byte[] expected = Evaluator.Run(graph, [data])[0].Bytes.ToArray();
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(PassPipeline.Run(graph)), ArtifactMetadata.None));
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                using var session = model.CreateSession(new InferenceOptions { Threads = threads, SplitsAll = true, Kernels = tier });
                data.Bytes.Span.CopyTo(session.Input(0));
                session.Run();
                Assert.True(session.Output(0).SequenceEqual(expected), $"{graph.Nodes[0].Operator} of {data.Type} differs on {tier} with {threads} threads");
            }
        }
        return expected;
    }
}
