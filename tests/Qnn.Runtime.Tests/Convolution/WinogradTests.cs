using CsCheck;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;

namespace Qnn.Runtime.Tests.Convolution;

/// <summary>Convolutions by Winograd's transforms against the evaluator, bit for bit.</summary>
public sealed class WinogradTests
{
    // What 26 bits hold, in weights of a channel.
    private const int MostWeights = (1 << 18) - 1;

    public static TheoryData<KernelTier> Tiers => [KernelTier.Avx2, KernelTier.AvxVnni, KernelTier.Avx512];

    [Theory, MemberData(nameof(Tiers))]
    public void RandomLayers(KernelTier tier)
    {
        Assert.SkipUnless(KernelTiers.IsSupported(tier), $"This CPU has no {tier.Name()}.");
        int ran = 0;
        // One in four is of the kind that gains most: it is transformed whatever it is compared with.
        var sizes = Gen.Select(Gen.Int[1, 18], Gen.Int[16, 150], Gen.Int[7, 26], Gen.Int[7, 26]);
        var best = Gen.Select(Gen.Const(10), Gen.Int[128, 150], Gen.Int[5, 6].Select(n => 4 * n), Gen.Int[5, 6].Select(n => 4 * n));
        var wide = Gen.Select(Gen.Const(4), Gen.Int[40, 70], Gen.Int[7, 9], Gen.Int[113, 250]);
        Gen.Select(ConvolutionCase.Conv2D, Gen.Frequency((3, sizes), (1, best), (1, wide))).Select((c, s) => c with
        {
            Inputs = 16 * s.Item1,
            Outputs = s.Item2,
            Height = s.Item3,
            Width = s.Item4,
            Groups = 1,
            KernelHeight = 3,
            KernelWidth = 3,
            Stride = 1,
            Dilation = 1,
            Pad = s.Item3 % 4 == 0 ? 1 : c.Pad,
            SignedWeights = true,
            Extreme = false,
        }).Sample(c =>
        {
            var graph = c.Build();
            if (Check(graph, c.Data(graph), tier, threads: 1 + (c.Seed & 1))) Interlocked.Increment(ref ran);
        }, iter: 24);
        Assert.True(ran > 0, "No layer was transformed.");
    }

    // Sums as far from zero as they come without being proved, and as far as they come where they are.
    [Theory]
    [InlineData(224, 127, 127, true)]
    [InlineData(224, -128, 127, true)]
    [InlineData(320, 91, 90, true)]
    [InlineData(320, 92, 91, false)]
    public void TheLargestSums(int inputs, int positive, int negative, bool fits)
    {
        var tier = new[] { KernelTier.Avx512, KernelTier.Avx2 }.FirstOrDefault(KernelTiers.IsSupported);
        Assert.SkipWhen(tier == KernelTier.Auto, "This CPU has no AVX2.");
        Assert.Equal(fits, 9 * inputs * Math.Abs(positive) <= MostWeights);
        const int Outputs = 64, Side = 16;
        var builder = new GraphBuilder("sums");
        var data = builder.AddInput("data", new TensorType(ElementType.U8, new Shape(1, Side, Side, inputs), new Quantization(1, 0)));
        var weights = new Tensor(new TensorType(ElementType.S8, new Shape(Outputs, 3, 3, inputs), new Quantization(1, 0)));
        for (int i = 0; i < weights.Bytes.Length; i++) weights.MutableSpan<sbyte>()[i] = (sbyte)((i / (9 * inputs) % 4) switch { 0 => positive, 1 => -negative, 2 => i % 2 == 0 ? positive : -negative, _ => i % 3 - 1 });
        builder.AddOutput(builder.Add(new QnnConv2D(new Window2D(3, 3, 1, 1, 1, 1, 1, 1, 1, 1), 1), [data, Value.Of("weights", weights), null], SourceLocation.None));
        var graph = builder.Build();
        foreach (var values in (Func<int, byte>[])[_ => 255, _ => 0, i => (byte)(i % 2 * 255), i => (byte)(i / inputs % 2 * 255)])
        {
            var tensor = new Tensor(graph.Inputs[0].Type);
            for (int i = 0; i < tensor.Bytes.Length; i++) tensor.MutableSpan<byte>()[i] = values(i);
            Assert.Equal(fits, Check(graph, [tensor], tier, threads: 1));
        }
    }

    // Whether it was transformed.
    private static bool Check(Graph graph, IReadOnlyList<Tensor> data, KernelTier tier, int threads)
    {
        byte[] expected = Evaluator.Run(graph, data)[0].Bytes.ToArray();
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(PassPipeline.Run(graph)), ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true, Profile = true });
        data[0].Bytes.Span.CopyTo(session.Input(0));
        session.Run();
        Assert.Equal(expected, session.Output(0).ToArray());
        return session.Profile().Any(s => s.Kernel == $"conv2d.winograd.{tier.Name()}");
    }
}
