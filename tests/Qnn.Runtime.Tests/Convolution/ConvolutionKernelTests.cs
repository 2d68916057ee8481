using CsCheck;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;

namespace Qnn.Runtime.Tests.Convolution;

/// <summary>Every tier's kernels against the evaluator, bit for bit, on random shapes, types and arithmetics.</summary>
public sealed class ConvolutionKernelTests
{
    private const int Samples = 300;

    public static TheoryData<KernelTier> Tiers => [KernelTier.Scalar, KernelTier.Avx2, KernelTier.AvxVnni, KernelTier.Avx512, KernelTier.Neon, KernelTier.NeonDot];

    [Theory, MemberData(nameof(Tiers))]
    public void Conv2DIsExact(KernelTier tier) => Check(tier, ConvolutionCase.Conv2D, "conv2d");

    [Theory, MemberData(nameof(Tiers))]
    public void DepthwiseConv2DIsExact(KernelTier tier) => Check(tier, ConvolutionCase.Depthwise, "depthwise");

    [Theory, InlineData(KernelTier.Scalar), InlineData(KernelTier.Avx2)]
    public void SaturatingDepthwiseConv2DIsExact(KernelTier tier) => Check(tier, ConvolutionCase.SaturatingDepthwise, "depthwise.saturating");

    [Theory, MemberData(nameof(Tiers))]
    public void DenseIsExact(KernelTier tier) => Check(tier, ConvolutionCase.Dense, "dense");

    private static void Check(KernelTier tier, Gen<ConvolutionCase> cases, string family)
    {
        Assert.SkipUnless(KernelTiers.IsSupported(tier), $"This CPU has no {tier.Name()}.");
        bool ran = false;
        cases.Sample(c =>
        {
            var graph = c.Build();
            var data = c.Data(graph);
            byte[] expected = Evaluator.Run(graph, data)[0].Bytes.ToArray();
            using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(PassPipeline.Run(graph)), ArtifactMetadata.None));
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = 1 + (c.Seed & 1), SplitsAll = true, Profile = true });
            data[0].Bytes.Span.CopyTo(session.Input(0));
            session.Run();
            if (session.Profile().Any(s => s.Kernel == $"{family}.{tier.Name()}")) Volatile.Write(ref ran, true);
            Assert.Equal(expected, session.Output(0).ToArray());
        }, iter: Samples);
        Assert.True(ran, $"No step ran on {family}.{tier.Name()}.");
    }
}
