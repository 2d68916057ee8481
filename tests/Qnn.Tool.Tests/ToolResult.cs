using System.Text.Json;

namespace Qnn.Tool.Tests;

/// <summary>What a run of the tool gave.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The object on the standard output.</summary>
    public JsonElement Json()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Asserts a failure with a code, and that the standard output stays empty.</summary>
    public void Failed(int exitCode, string code, params string[] mentions)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}: {Error}");
        Assert.Contains($"error {code}: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (string mention in mentions) Assert.Contains(mention, Error, StringComparison.Ordinal);
    }
}
