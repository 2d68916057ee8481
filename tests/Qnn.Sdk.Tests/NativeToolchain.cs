namespace Qnn.Sdk.Tests;

/// <summary>What NativeAOT links with.</summary>
internal static class NativeToolchain
{
    public const string MissingReason = "NativeAOT needs clang or gcc and the zlib headers; they are not installed.";

    /// <summary>Whether it is there. On Windows the SDK finds it, or says what is missing.</summary>
    public static bool IsPresent { get; } = OperatingSystem.IsWindows() || Has("clang") || Has("gcc");

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
