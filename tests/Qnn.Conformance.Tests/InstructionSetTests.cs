using Qnn.Runtime;
using Qnn.Testing;

namespace Qnn.Conformance.Tests;

/// <summary>Processes whose instruction sets the .NET runtime's own switches turn off: the tier is really gone, and the best that is left answers the same.</summary>
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData("EnableAVXVNNI", KernelTier.AvxVnni)]
    [InlineData("EnableAVX512", KernelTier.Avx512)]
    [InlineData("EnableAVX2", KernelTier.Avx2, KernelTier.AvxVnni, KernelTier.Avx512)]
    [InlineData("EnableHWIntrinsic", KernelTier.Avx2, KernelTier.AvxVnni, KernelTier.Avx512)]
    public void ASwitchedOffSetIsNotUsed(string name, KernelTier gone, params KernelTier[] others)
    {
        Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);
        Assert.SkipUnless(KernelTiers.IsSupported(gone), $"This CPU has no {gone.Name()}.");
        var off = ($"DOTNET_{name}", "0");
        string[] tiers = RunnerSuite.Run(RunnerSuite.Dotnet, RunnerSuite.Local("tiers"), off).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        foreach (var tier in others.Prepend(gone)) Assert.DoesNotContain(tier.Name(), tiers);
        using var suite = new RunnerSuite();
        RunnerSuite.Run(RunnerSuite.Dotnet, RunnerSuite.Local(suite.Pairs.Prepend("1").Prepend("auto").Prepend("check")), off);
    }
}
