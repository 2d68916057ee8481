namespace Qnn.Compiler.Validation;

/// <summary>A recorded input or expected output.</summary>
/// <param name="Name">The tensor's name in the source model; empty where the folder does not say.</param>
/// <param name="File">Full path of the raw little-endian contents.</param>
/// <param name="Others">Full paths by kernel set, where another set of the framework's kernels answers differently.</param>
public sealed record GoldenTensor(string Name, string File, IReadOnlyDictionary<string, string> Others)
{
    /// <summary>Its shape and type as in <c>InputShapes</c>; null where the folder does not say.</summary>
    internal string? Shape { get; init; }

    /// <summary>The file that holds a kernel set's answer. A recording may be named by its framework's release and the set: <c>libtorch2.10-qnnpack</c>.</summary>
    public string FileFor(string kernelSet)
    {
        if (Others.TryGetValue(kernelSet, out string? file)) return file;
        string? release = Others.Keys.Where(k => k.EndsWith($"-{kernelSet}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();
        return release is null ? File : Others[release];
    }
}
