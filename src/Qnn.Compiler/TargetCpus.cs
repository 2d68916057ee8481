using Qnn.Compiler.Diagnostics;
using Qnn.Runtime;

namespace Qnn.Compiler;

/// <summary>
/// The CPUs that TargetCpu can name. An artifact runs on every CPU whatever is named: the names say for which ones the fastest code is added.
/// </summary>
public static class TargetCpus
{
    /// <summary>The names, as users know them.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "any", "host",
        "x86-64-v3", "haswell", "skylake-avx512", "cascadelake", "icelake-server", "sapphirerapids", "alderlake", "znver3", "znver4", "znver5",
        "armv8-a", "cortex-a76", "neoverse-n1", "apple-m1",
    ];

    /// <summary>Whether the artifact gets machine code for AVX512-VNNI. An artifact for any CPU does: it is small beside the weights, and taken where it fits.</summary>
    internal static bool IncludeVnni(IReadOnlyList<string> targets) => targets.Any(t => s_vnni.Contains(t)) || targets.Contains("host") && MachineCodeSupport.IsSupported;

    /// <summary>Whether that code has a form for AMX as well.</summary>
    internal static bool IncludeAmx(IReadOnlyList<string> targets) => targets.Any(t => s_amx.Contains(t)) || targets.Contains("host") && MachineCodeSupport.IsAmxSupported;

    private static readonly string[] s_amx = ["any", "sapphirerapids"];

    private static readonly string[] s_vnni = ["any", "cascadelake", "icelake-server", "sapphirerapids", "znver4", "znver5"];

    /// <summary>Reads names separated by <c>;</c>. None stand for <c>any</c>.</summary>
    /// <exception cref="ModelException">A name is unknown (QNN0002).</exception>
    public static IReadOnlyList<string> Parse(string? text)
    {
        string[] names = (text ?? "").Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names)
        {
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new ModelException(DiagnosticCodes.UnknownTarget, $"The target CPU '{name}' is unknown. Known: {string.Join(", ", Known)}.{Suggestion.For(name, Known)}");
            }
        }
        return names.Length == 0 ? ["any"] : [.. names.Select(n => n.ToLowerInvariant()).Distinct()];
    }
}
