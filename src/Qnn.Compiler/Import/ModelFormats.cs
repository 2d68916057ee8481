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

    /// <summary>The format of a file: by its contents where they say so, else by its name.</summary>
    /// <exception cref="ModelException">None of them.</exception>
    public static ModelFormat Find(string path, ReadOnlySpan<byte> bytes)
    {
        if (Match("", bytes) is { } certain) return certain;
        if (ForeignFiles.Describe(path, bytes) is { } foreign) throw new ModelException(DiagnosticCodes.UnknownFormat, foreign);
        if (Match(path, bytes) is { } named) return named;
        throw new ModelException(DiagnosticCodes.UnknownFormat,
            $"'{Path.GetFileName(path)}' is none of the known model formats ({string.Join(", ", All.Select(f => f.Name))}): a .tflite, .onnx, .pt or -symbol.json file is expected. Check that the download is complete and that the file is the model itself.");
    }

    private static ModelFormat? Match(string path, ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format.Matches(path, bytes)) return format;
        }
        return null;
    }
}
