using Qnn.Runtime;

namespace Qnn.Compiler;

/// <summary>What to compile and how. Defaults are those of a QuantizedModel item without metadata.</summary>
public sealed record CompileOptions
{
    /// <summary>The model file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The model's name; by default the file's name without extension.</summary>
    public string? Name { get; init; }

    /// <summary>The framework's kernel set to equal; by default the framework's own default.</summary>
    public string? Numerics { get; init; }

    /// <summary>Shapes that the model leaves open: <c>[NAME:]1x3x224x224[:type]</c>, separated by <c>;</c>. Several sets of shapes give one artifact that takes each of them; see <see cref="Import.InputShapes"/>.</summary>
    public string? InputShapes { get; init; }

    /// <summary>The file with the parameters, for formats that keep them apart (MXNet); by default the one beside the model.</summary>
    public string? Params { get; init; }

    /// <summary>CPUs to specialise for, separated by <c>;</c>.</summary>
    public string? TargetCpu { get; init; }

    /// <summary>A text file with a class name a line; by default the names that the model file brings along.</summary>
    public string? LabelsPath { get; init; }

    /// <summary>What is subtracted from an image's pixels (0 to 255): one value, or one a channel; by default what the model file says.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>What the difference is divided by: one value, or one a channel; by default what the model file says.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>The channels that the model expects; by default what the model file says, else RGB.</summary>
    public ColorOrder? ColorOrder { get; init; }

    /// <summary>How an image is brought to the input's size.</summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>A folder of recorded inputs and outputs that the compiled model must reproduce; see <see cref="Validation.GoldenSet"/>.</summary>
    public string? Golden { get; init; }

    /// <summary>The largest difference from the recorded outputs that passes, in quanta for quantized outputs.</summary>
    public double Tolerance { get; init; }

    /// <summary>The largest artifact that passes, in bytes.</summary>
    public long? MaxArtifactBytes { get; init; }

    /// <summary>The largest arena of activations that passes, in bytes.</summary>
    public long? MaxArenaBytes { get; init; }

    /// <summary>The most multiply-adds of a call that pass.</summary>
    public long? MaxMacs { get; init; }

    /// <summary>Called with each stage's name and its text: the graph after import and after every pass that changed it, the lowered program at last.</summary>
    public Action<string, string>? DumpIr { get; init; }
}
