using Qnn.Runtime;
using Qnn.Testing;

namespace Qnn.Conformance.Tests;

/// <summary>Processes whose instruction sets the .NET runtime's own switches turn off: the tier is really gone, and the best that is left answers the same.</summary>
public sealed class InstructionSetTests
{
    [Theory]
    [InlineData("EnableAVX512", KernelTier.Avx512)]
    [InlineData("EnableAVX2", KernelTier.Avx2)]
    [InlineData("EnableHWIntrinsic", KernelTier.Avx2)]
    public void ASwitchedOffSetIsNotUsed(string name, KernelTier gone)
    {
        Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);
        Assert.SkipUnless(KernelTiers.IsSupported(gone), $"This CPU has no {gone.Name()}.");
        var off = ($"DOTNET_{name}", "0");
        string[] tiers = RunnerSuite.Run(RunnerSuite.Dotnet, RunnerSuite.Local("tiers"), off).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain(gone.Name(), tiers);
        Assert.DoesNotContain(KernelTier.Avx512.Name(), tiers);
        using var suite = new RunnerSuite();
        RunnerSuite.Run(RunnerSuite.Dotnet, RunnerSuite.Local(suite.Pairs.Prepend("1").Prepend("auto").Prepend("check")), off);
    }
}
