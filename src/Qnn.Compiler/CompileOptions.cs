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

    /// <summary>Shapes that the model leaves open: <c>[NAME:]1x3x224x224[:type]</c>, separated by <c>;</c>.</summary>
    public string? InputShapes { get; init; }

    /// <summary>CPUs to specialise for, separated by <c>;</c>.</summary>
    public string? TargetCpu { get; init; }

    /// <summary>Called with each stage's name and its text: the graph after import and after every pass that changed it, the lowered program at last.</summary>
    public Action<string, string>? DumpIr { get; init; }
}
