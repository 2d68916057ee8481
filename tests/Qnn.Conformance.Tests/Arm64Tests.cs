using System.Diagnostics;
using System.Runtime.InteropServices;
using Qnn.Testing;

namespace Qnn.Conformance.Tests;

/// <summary>The NEON kernels, under qemu's user-mode emulation on other machines: with the dot-product instructions, and on a CPU model without them.</summary>
public sealed class Arm64Tests
{
    private const string Emulator = "/usr/bin/qemu-aarch64-static";
    private const string Libraries = "/usr/aarch64-linux-gnu";

    private static readonly Lazy<string> s_runner = new(Publish);

    [Theory]
    [InlineData("neondot", "max")]
    [InlineData("neon", "cortex-a53")]
    [InlineData("scalar", "cortex-a53")]
    public void AnswersAsOnTheBuildMachine(string tier, string cpu)
    {
        Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);
        SkipUnlessEmulated();
        string tiers = Emulate(cpu, ["tiers"]);
        Assert.Equal(tier == "neondot", tiers.Contains("neondot", StringComparison.Ordinal));
        using var suite = new RunnerSuite();
        Emulate(cpu, ["check", tier, "1", .. suite.Pairs]);
    }

    /// <summary>Skips the test, saying why, where the emulation cannot run.</summary>
    internal static void SkipUnlessEmulated()
    {
        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64 && OperatingSystem.IsLinux(), "The emulation is set up for x64 Linux.");
        Assert.SkipUnless(File.Exists(Emulator), "qemu-aarch64-static is missing: apt install qemu-user-static");
        Assert.SkipUnless(File.Exists($"{Libraries}/lib/libstdc++.so.6"), "ARM64 libraries are missing: apt install libc6-arm64-cross libstdc++6-arm64-cross");
    }

    /// <summary>Runs Qnn.Runner on an emulated CPU.</summary>
    internal static string Emulate(string cpu, IEnumerable<string> arguments) => RunnerSuite.Run(Emulator, ["-L", Libraries, "-cpu", cpu, s_runner.Value, .. arguments]);

    // Under an artifacts path of its own, so that it disturbs no build that runs at the same time.
    private static string Publish()
    {
        string artifacts = Path.Combine(TestModels.RepositoryRoot, "artifacts", "arm64"), output = Path.Combine(artifacts, "runner");
        var start = new ProcessStartInfo(RunnerSuite.Dotnet)
        {
            WorkingDirectory = TestModels.RepositoryRoot,
            RedirectStandardOutput = true,
            ArgumentList = { "publish", "tests/Qnn.Runner", "-c", "Release", "-r", "linux-arm64", "--self-contained", "--artifacts-path", artifacts, "-o", output, "-v", "q", "-nodeReuse:false" },
        };
        // The test host's own build variables must not reach this build.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, text);
        return Path.Combine(output, "Qnn.Runner");
    }
}
