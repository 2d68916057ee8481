using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite;

namespace Qnn.Compiler.Import;

/// <summary>The formats that can be imported.</summary>
internal static class ModelFormats
{
    /// <summary>All of them, in the order in which they are tried.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } = [new TfLiteFormat()];

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
