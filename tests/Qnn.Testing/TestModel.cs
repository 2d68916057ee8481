using System.Text.Json;

namespace Qnn.Testing;

/// <summary>A folder with a model, inputs, and what its framework's runtime answers.</summary>
public sealed class TestModel
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads <c>golden.json</c> of a folder.</summary>
    public TestModel(string folder)
    {
        Folder = folder;
        Golden = JsonSerializer.Deserialize<Golden>(File.ReadAllBytes(Path.Combine(folder, "golden.json")), s_options) ?? throw new InvalidDataException($"'{folder}' has an empty golden.json.");
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What <c>golden.json</c> says.</summary>
    public Golden Golden { get; }

    /// <summary>The model's file; the first where it has several.</summary>
    public string ModelPath => Path.Combine(Folder, Golden.Model[0]);

    /// <summary>The file with the parameters, where the format keeps them apart; null otherwise.</summary>
    public string? ParamsPath => Golden.Model.Count > 1 && Golden.Model[1].EndsWith(".params", StringComparison.Ordinal) ? Path.Combine(Folder, Golden.Model[1]) : null;

    /// <summary>The recorded inputs' shapes and types as the option <c>InputShapes</c>, for formats that leave them open; null where the file states them.</summary>
    public string? InputShapes => InputShapesOf(Golden.Cases[0]);

    /// <summary>A case's shapes and types; most models are recorded with one set of shapes.</summary>
    public string? InputShapesOf(GoldenCase golden) => Golden.Format == "tflite"
        ? null
        : string.Join(';', golden.Inputs.Select(i => $"{(string.IsNullOrEmpty(i.Name) ? "" : i.Name + ":")}{string.Join('x', i.Shape)}:{i.Dtype}"));

    /// <summary>The model's bytes.</summary>
    public byte[] ReadModel() => File.ReadAllBytes(ModelPath);

    /// <summary>The bytes of an input.</summary>
    public byte[] ReadInput(GoldenTensor input) => File.ReadAllBytes(Path.Combine(Folder, input.File));

    /// <summary>The bytes of an output as a kernel set answers; null stands for the one that <see cref="Golden.Kernels"/> names.</summary>
    public byte[] ReadOutput(GoldenTensor output, string? kernels = null) => File.ReadAllBytes(Path.Combine(Folder, output.FileOf(kernels)));

    /// <inheritdoc/>
    public override string ToString() => $"{Golden.Format}/{Golden.Name}";
}

/// <summary><c>golden.json</c>.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Format">Its format: <c>tflite</c>, <c>torchscript</c>, <c>onnx</c>, <c>mxnet</c>.</param>
/// <param name="Model">The model's files.</param>
/// <param name="Kernels">The kernel set whose answers <see cref="GoldenTensor.File"/> holds.</param>
/// <param name="Cases">The recorded calls.</param>
public sealed record Golden(string Name, string Format, IReadOnlyList<string> Model, string Kernels, IReadOnlyList<GoldenCase> Cases);

/// <summary>A recorded call.</summary>
/// <param name="Name">Its name: of the picture, or of the seed.</param>
/// <param name="Inputs">Inputs, in the model's order.</param>
/// <param name="Outputs">Outputs, in the model's order.</param>
public sealed record GoldenCase(string Name, IReadOnlyList<GoldenTensor> Inputs, IReadOnlyList<GoldenTensor> Outputs);

/// <summary>A recorded tensor: raw little-endian elements, row-major.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="File">Its file, relative to the folder.</param>
/// <param name="Dtype">Its element type: <c>uint8</c>, <c>float32</c>, ...</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Others">Files of kernel sets that answer differently, by the set's name.</param>
public sealed record GoldenTensor(string Name, string File, string Dtype, IReadOnlyList<int> Shape, IReadOnlyDictionary<string, string>? Others = null)
{
    /// <summary>The file that holds what a kernel set answers.</summary>
    public string FileOf(string? kernels) => kernels is not null && Others is not null && Others.TryGetValue(kernels, out string? other) ? other : File;
}
