using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Emit;

/// <summary>What a typed wrapper is made from: a model seen from outside. Known after import, so that editors get the wrapper without a compilation.</summary>
public sealed record ModelSignature
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The source file's name, without its folder.</summary>
    public required string SourceFile { get; init; }

    /// <summary>What the artifact says beside its program: hash, description, labels, images.</summary>
    public required ArtifactMetadata Metadata { get; init; }

    /// <summary>Inputs, in the source model's order.</summary>
    public required IReadOnlyList<TensorDescription> Inputs { get; init; }

    /// <summary>Outputs, in the source model's order.</summary>
    public required IReadOnlyList<TensorDescription> Outputs { get; init; }

    /// <summary>The model for the other sets of input shapes that it was compiled for. They differ in shapes only.</summary>
    public IReadOnlyList<ModelSignature> Alternatives { get; init; } = [];

    /// <summary>The output that holds a score for each class, or -1 where the model is no classifier.</summary>
    public int ClassifierOutput => ClassScores.Find(this);

    /// <summary>The signature of a graph.</summary>
    public static ModelSignature Of(Graph graph, ArtifactMetadata metadata, string sourceFile)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(metadata);
        return new ModelSignature
        {
            Name = graph.Name,
            SourceFile = sourceFile,
            Metadata = metadata,
            Inputs = [.. graph.Inputs.Select((v, i) => Describe(v, metadata.InputDescriptions.ElementAtOrDefault(i)))],
            Outputs = [.. graph.Outputs.Select((v, i) => Describe(v, metadata.OutputDescriptions.ElementAtOrDefault(i)) with { VaryingAxis = graph.Producer(v)?.Operator is PackCounted pack ? pack.Axis : -1 })],
        };
    }

    private static TensorDescription Describe(Value value, string? description)
    {
        var quantization = value.Type.Quantization is { IsPerChannel: false } q ? q : null;
        return new TensorDescription(value.Name, value.Type.Element, value.Type.Shape.ToArray(), quantization?.Scale ?? 0, quantization?.ZeroPoint ?? 0, description ?? "");
    }
}
