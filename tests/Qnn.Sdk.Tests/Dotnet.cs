using System.Diagnostics;

namespace Qnn.Sdk.Tests;

/// <summary>Runs dotnet in a child process.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs a command to its end.</summary>
    public static ProcessResult Run(string directory, params string[] arguments) => RunProcess("dotnet", directory, arguments);

    /// <summary>Runs a program to its end.</summary>
    public static ProcessResult RunProcess(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        // The runner's own settings must not reach the builds.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.Ordinal) && k != "MSBUILDDISABLENODEREUSE" && k != "MSBUILDTERMINALLOGGER").ToArray()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took more than {s_limit}.");
        }
        return new ProcessResult(process.ExitCode, output.Result + error.Result);
    }
}

/// <summary>How a process ended.</summary>
internal sealed record ProcessResult(int ExitCode, string Output)
{
    /// <summary>Fails the test unless the process succeeded.</summary>
    public ProcessResult ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}");
        return this;
    }

    /// <summary>Fails the test unless the process failed with a diagnostic.</summary>
    public ProcessResult ShouldFail(string code, params string[] texts)
    {
        Assert.True(ExitCode != 0, $"expected {code}, but it succeeded\n{Output}");
        string line = Output.Split('\n').FirstOrDefault(l => l.Contains($"error {code}:", StringComparison.Ordinal)) ?? "";
        Assert.True(line.Length > 0, $"expected {code}\n{Output}");
        foreach (string text in texts) Assert.Contains(text, line);
        return this;
    }
}
