using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Runtime.Tests.Convolution;

/// <summary>Orders of inputs for vpmaddubsw: activations and weights move alike, and hardly a pair is left that can saturate.</summary>
public sealed unsafe class InputPairingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 16)]
    [InlineData(27, 32)]
    [InlineData(64, 40)]
    [InlineData(100, 17)]
    [InlineData(333, 64)]
    public void WeightsFollowTheActivations(int depth, int outputs)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This CPU has no avx2.");
        const int Rows = 5;
        var random = new Random(depth);
        var g = Layer(depth, outputs);
        sbyte* weights = AnyWeights(random, g);
        int pitch = g.DepthSteps * 4;
        byte* rows = (byte*)NativeMemory.Alloc((nuint)(Rows * pitch + 16)), ordered = (byte*)NativeMemory.Alloc((nuint)(Rows * pitch + InputPairing.Slack));
        random.NextBytes(new Span<byte>(rows, Rows * pitch));
        var pairing = new InputPairing(g, PackedWeights.Of(weights));
        var moved = pairing.Weights;
        for (int block = 0; block < g.Blocks; block++)
        {
            pairing.Rearrange(block, rows, Rows, ordered);
            var (before, after) = (PackedWeights.Of(weights).Block(g, 0, block), moved.Block(g, 0, block));
            for (int row = 0; row < Rows; row++)
            {
                for (int n = 0; n < 16; n++)
                {
                    // With other products the sums could be equal by chance: which input meets which weight is compared.
                    var expected = Products(before.Steps, rows + row * pitch, pitch, n);
                    Assert.Equal(expected, Products(after.Steps, ordered + row * pitch, pitch, n));
                }
            }
        }
        GC.KeepAlive(pairing);
        NativeMemory.Free(weights);
        NativeMemory.Free(rows);
        NativeMemory.Free(ordered);
    }

    [Fact]
    public void FewPairsOfTrainedWeightsAreLeft()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This CPU has no avx2.");
        var g = Layer(192, 128);
        sbyte* weights = AnyWeights(new Random(7), g);
        var pairing = new InputPairing(g, PackedWeights.Of(weights));
        double before = new PairSafety(g, PackedWeights.Of(weights)).Cost, after = new PairSafety(g, pairing.Weights).Cost;
        GC.KeepAlive(pairing);
        Assert.True(before > PairSafety.WordsCost && after < 1.05, $"{before} to {after}");
        NativeMemory.Free(weights);
    }

    private static (byte Input, sbyte Weight)[] Products(sbyte* steps, byte* row, int depth, int channel) =>
        [.. Enumerable.Range(0, depth).Select(k => (row[k], steps[k / 4 * PackedWeights.StepBytes + channel * 4 + k % 4])).Order()];

    private static ConvolutionGeometry Layer(int depth, int outputs) => new()
    {
        Batch = 1,
        InputHeight = 1,
        InputWidth = 1,
        InputChannels = depth,
        OutputHeight = 1,
        OutputWidth = 1,
        OutputChannels = outputs,
        KernelHeight = 1,
        KernelWidth = 1,
        StrideHeight = 1,
        StrideWidth = 1,
        DilationHeight = 1,
        DilationWidth = 1,
        Groups = 1,
    };

    // About 2 % of the pairs can saturate.
    private static sbyte* AnyWeights(Random random, in ConvolutionGeometry g)
    {
        nint count = (nint)g.Blocks * g.DepthSteps * PackedWeights.StepBytes;
        var weights = (sbyte*)NativeMemory.Alloc((nuint)count);
        for (nint i = 0; i < count; i++) weights[i] = (sbyte)Math.Clamp((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 85, -128, 127);
        return weights;
    }
}
