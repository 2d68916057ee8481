using System.Runtime.InteropServices;
using Qnn.Runtime;

namespace Qnn.Bench;

/// <summary>The machine in words.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Cpu()}, {Environment.ProcessorCount} logical cores, {RuntimeInformation.OSArchitecture} {(OperatingSystem.IsLinux() ? "Linux" : RuntimeInformation.OSDescription)}, {RuntimeInformation.FrameworkDescription}, kernels {KernelTiers.Available[0].Name()}";

    private static string Cpu()
    {
        const string Info = "/proc/cpuinfo";
        if (!File.Exists(Info)) return "unknown CPU";
        string Field(string name) => File.ReadLines(Info).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim() ?? "?";
        return $"{Field("model name")} (family {Field("cpu family")}, model {Field("model\t")})";
    }
}
