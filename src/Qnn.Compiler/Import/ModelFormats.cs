using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Import;

/// <summary>The formats that can be imported.</summary>
internal static class ModelFormats
{
    /// <summary>All of them, by name: the concrete subclasses of <see cref="ModelFormat"/>.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } =
    [
        .. typeof(ModelFormats).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ModelFormat)) && !t.IsAbstract)
            .Select(t => (ModelFormat)Activator.CreateInstance(t)!)
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ];

    /// <summary>The format of a file.</summary>
    /// <exception cref="ModelException">None of them.</exception>
    public static ModelFormat Find(string path, ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format.Matches(path, bytes)) return format;
        }
        throw new ModelException(DiagnosticCodes.UnknownFormat,
            $"'{Path.GetFileName(path)}' is none of the known model formats ({string.Join(", ", All.Select(f => f.Name))}). Check that the download is complete and that the file is the model itself.");
    }
}
