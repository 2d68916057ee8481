using System.Globalization;
using System.Text.RegularExpressions;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>Apache MXNet models: a symbol (.json) and its parameters (.params).</summary>
internal sealed partial class MxNetFormat : ModelFormat
{
    public override string Name => "mxnet";

    public override IReadOnlyList<string> Numerics { get; } = ["mxnet"];

    public override bool HasParams => true;

    public override bool Matches(string path, ReadOnlySpan<byte> head) => Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);

    public override ImportedModel Import(ReadOnlyMemory<byte> bytes, ImportOptions options, CancellationToken cancellation)
    {
        string numerics = ResolveNumerics(options.Numerics);
        var symbol = Symbol.Parse(bytes);
        string? file = options.Params ?? Beside(options.ModelPath);
        var parameters = file is null ? [] : NdArrayFile.Read(ReadFile(file));
        return new ImportedModel { Graph = MxNetImporter.Import(ConvolutionFusion.Apply(symbol), parameters, options, file, cancellation), Numerics = numerics };
    }

    /// <summary>NAME-0012.params beside NAME-symbol.json, of the highest epoch.</summary>
    private static string? Beside(string? modelPath)
    {
        if (modelPath is null || Path.GetDirectoryName(Path.GetFullPath(modelPath)) is not { } folder || !Directory.Exists(folder)) return null;
        string stem = Path.GetFileNameWithoutExtension(modelPath);
        if (stem.EndsWith("-symbol", StringComparison.Ordinal)) stem = stem[..^"-symbol".Length];
        return Directory.EnumerateFiles(folder, "*.params")
            .Select(path => (Path: path, Match: Epoch().Match(Path.GetFileName(path))))
            .Where(f => f.Match.Success && f.Match.Groups[1].Value == stem)
            .OrderBy(f => int.Parse(f.Match.Groups[2].Value, CultureInfo.InvariantCulture))
            .Select(f => f.Path).LastOrDefault();
    }

    private static byte[] ReadFile(string path)
    {
        if (!File.Exists(path)) throw new ModelException(DiagnosticCodes.FileNotFound, $"The params file '{path}' does not exist.");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(DiagnosticCodes.FileNotFound, $"The params file '{path}' cannot be read: {fault.Message}");
        }
    }

    [GeneratedRegex(@"^(.*)-(\d{1,9})\.params$")]
    private static partial Regex Epoch();
}
