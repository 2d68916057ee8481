using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Hybrid;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>Layers of data that are quantized at run time, by the kernels of those that are quantized before: the same bits on every tier.</summary>
public sealed class SplitHybridConvolutionsTests
{
    [Fact]
    public void SumsOfStaticKernelsGiveTheSameResults()
    {
        for (int seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            var graph = Layer(random, new Window2D(1 + random.Next(2), 1 + random.Next(2), 1 + random.Next(2)), out var input);
            var split = PassPipeline.Run(graph);
            Assert.DoesNotContain(split.Nodes, n => n.Operator is HybridConv2D);
            var expected = Evaluator.Run(graph, [input])[0];
            EveryTier.Gives(expected, split, input);
        }
    }

    [Fact]
    public void WindowsThatReachOutsideAreLeftAlone()
    {
        var graph = Layer(new Random(1), new Window2D(2, 2, PadTop: 1), out _);
        Assert.Same(graph, new SplitHybridConvolutions().Run(graph));
    }

    private static Graph Layer(Random random, Window2D window, out Tensor input)
    {
        int channels = 1 + random.Next(70), outputs = 1 + random.Next(40);
        input = new Tensor(new TensorType(ElementType.F32, new Shape(1, 2 + random.Next(9), 2 + random.Next(3), channels)));
        foreach (ref float x in input.MutableSpan<float>()) x = random.Next(9) == 0 ? 0 : random.NextSingle() * 20 - random.Next(20);
        var weights = new Tensor(new TensorType(ElementType.S8, new Shape(outputs, window.KernelHeight, window.KernelWidth, channels), random.Next(2) == 0
            ? new Quantization(0.02f, 0)
            : new Quantization([.. Enumerable.Range(0, outputs).Select(_ => 0.001f + random.NextSingle() * 0.1f)], [.. new int[outputs]], 0)));
        random.NextBytes(weights.MutableSpan<byte>());
        var bias = random.Next(3) == 0 ? null : Tensor.Of<float>(new Shape(outputs), [.. Enumerable.Range(0, outputs).Select(_ => random.NextSingle() - 0.5f)]);

        var builder = new GraphBuilder("layer");
        var dynamic = random.Next(5) switch
        {
            0 => new DynamicQuantize(false),
            1 => new DynamicQuantize(true),
            2 => new DynamicQuantize(true, Xnnpack: true),
            3 => new DynamicQuantize(true, random.Next(2) == 0 ? 255 : 127, ByReciprocal: random.Next(2) == 0),
            _ => new DynamicQuantize(true, 127, Fused: true),
        };
        var data = builder.Add(dynamic, [builder.AddInput("x", input.Type)], SourceLocation.None, default(ReadOnlySpan<Quantization?>));
        var layer = new HybridConv2D(window, 1, (HybridScaling)random.Next(4), random.Next(2) == 0 ? 0 : float.NegativeInfinity);
        builder.AddOutput(builder.Add(layer, [.. data, Value.Of("weights", weights), bias is null ? null : Value.Of("bias", bias)], SourceLocation.None));
        return builder.Build();
    }
}
