using System.Text.Json;
using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Validation;

/// <summary>
/// A folder of recorded inputs and outputs, described by its <c>golden.json</c>:
/// <c>{ "cases": [ { "name", "inputs": [{ "name", "file" }], "outputs": [{ "name", "file", "others": { "kernel set": "file" } }] } ] }</c>.
/// A folder without one is a single case of <c>input_0.bin</c>, <c>input_1.bin</c>, ... and <c>output_0.bin</c>, ..., as <c>qnn run</c> writes them.
/// </summary>
public sealed class GoldenSet
{
    private const long MaxDescriptionBytes = 64 << 20;
    private static readonly Dictionary<string, string> s_noOthers = [];

    private GoldenSet(string directory, IReadOnlyList<string> modelFiles, IReadOnlyList<GoldenCase> cases) =>
        (Directory, ModelFiles, Cases) = (directory, modelFiles, cases);

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>Full paths of the model's files, where the folder names them.</summary>
    public IReadOnlyList<string> ModelFiles { get; }

    /// <summary>The cases, at least one.</summary>
    public IReadOnlyList<GoldenCase> Cases { get; }

    /// <summary>Every file that a validation reads, for incremental builds.</summary>
    public IEnumerable<string> Files =>
        Cases.SelectMany(c => c.Inputs.Concat(c.Outputs)).SelectMany(t => t.Others.Values.Prepend(t.File)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The recorded inputs' shapes as <c>InputShapes</c>, a set for each that is different; null where the folder does not say all of them.</summary>
    internal string? InputShapes
    {
        get
        {
            if (Cases.Any(c => c.Inputs.Any(i => i.Shape is null))) return null;
            string[][] sets = [.. Cases.Select(c => c.Inputs.Select(i => i.Name.Length > 0 ? $"{i.Name}:{i.Shape}" : i.Shape!).ToArray()).DistinctBy(s => string.Join(',', s))];
            return string.Join(';', sets.Select(s => string.Join(sets.Length > 1 ? ',' : ';', s)));
        }
    }

    /// <summary>Reads a folder's description.</summary>
    /// <exception cref="ModelException">The folder is missing or malformed (QNN3002).</exception>
    public static GoldenSet Load(string directory)
    {
        string root = Path.GetFullPath(directory);
        if (File.Exists(root)) throw Invalid("it is a file; name the folder that holds golden.json, or input_0.bin and output_0.bin", directory);
        if (!System.IO.Directory.Exists(root)) throw Invalid("the folder does not exist", directory);
        string description = Path.Combine(root, "golden.json");
        try
        {
            var set = File.Exists(description) ? Read(root, description) : Collect(root);
            if (set.Cases.Count == 0) throw Invalid("it holds no cases: it needs a golden.json, or input_0.bin and output_0.bin", directory);
            foreach (string file in set.Files)
            {
                if (!File.Exists(file)) throw Invalid($"the file '{Path.GetRelativePath(root, file)}' is missing", directory);
            }
            return set;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            throw Invalid($"golden.json cannot be read: {fault.Message}", directory);
        }
    }

    private static GoldenSet Read(string root, string description)
    {
        if (new FileInfo(description).Length > MaxDescriptionBytes) throw Invalid("golden.json is too large", root);
        using var document = JsonDocument.Parse(File.ReadAllBytes(description));
        var json = document.RootElement;
        string PathOf(JsonElement name) => Path.GetFullPath(Path.Combine(root, name.GetString() ?? throw new JsonException("a file's name is null")));
        GoldenTensor ReadTensor(JsonElement tensor) => new(
            tensor.TryGetProperty("name", out var name) ? name.GetString() ?? "" : "",
            PathOf(Required(tensor, "file")),
            tensor.TryGetProperty("others", out var others) ? others.EnumerateObject().ToDictionary(o => o.Name, o => PathOf(o.Value)) : s_noOthers)
        {
            Shape = tensor.TryGetProperty("shape", out var shape) && tensor.TryGetProperty("dtype", out var type) ? $"{string.Join('x', shape.EnumerateArray().Select(e => e.GetInt64()))}:{type.GetString()}" : null,
        };
        GoldenCase ReadCase(JsonElement entry, int index) => new(
            entry.TryGetProperty("name", out var name) ? name.GetString() ?? "" : $"case{index}",
            [.. Required(entry, "inputs").EnumerateArray().Select(ReadTensor)],
            [.. Required(entry, "outputs").EnumerateArray().Select(ReadTensor)]);
        return new GoldenSet(
            root,
            json.TryGetProperty("model", out var files) ? [.. files.EnumerateArray().Select(PathOf)] : [],
            [.. Required(json, "cases").EnumerateArray().Select(ReadCase)]);
    }

    private static GoldenSet Collect(string root)
    {
        List<GoldenTensor> Numbered(string kind)
        {
            var tensors = new List<GoldenTensor>();
            while (Path.Combine(root, $"{kind}_{tensors.Count}.bin") is var file && File.Exists(file)) tensors.Add(new GoldenTensor("", file, s_noOthers));
            return tensors;
        }
        var (inputs, outputs) = (Numbered("input"), Numbered("output"));
        return new GoldenSet(root, [], inputs.Count > 0 && outputs.Count > 0 ? [new GoldenCase("case", inputs, outputs)] : []);
    }

    private static JsonElement Required(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : throw new JsonException($"'{name}' is missing");

    private static ModelException Invalid(string why, string directory) =>
        new(Diagnostic.Error(DiagnosticCodes.GoldenInvalid, $"The golden folder cannot be used: {why}.", directory));
}
