using Qnn.Runtime;

namespace Qnn.Compiler.Emit;

/// <summary>What an artifact carries beside its program.</summary>
/// <param name="SourceHash">SHA-256 of the source model.</param>
/// <param name="SourceFormat"><c>tflite</c>, ...</param>
/// <param name="Numerics">The framework's kernel set: <c>builtin</c>.</param>
/// <param name="Description">The source model's own description.</param>
/// <param name="Labels">Class names.</param>
/// <param name="Images">How images become inputs.</param>
/// <param name="InputDescriptions">Descriptions of the inputs, as many or none.</param>
/// <param name="OutputDescriptions">Descriptions of the outputs, as many or none.</param>
public sealed record ArtifactMetadata(
    ReadOnlyMemory<byte> SourceHash,
    string SourceFormat,
    string Numerics,
    string Description,
    IReadOnlyList<string> Labels,
    IReadOnlyList<ImageInputDescription> Images,
    IReadOnlyList<string> InputDescriptions,
    IReadOnlyList<string> OutputDescriptions)
{
    /// <summary>Nothing.</summary>
    public static ArtifactMetadata None { get; } = new(ReadOnlyMemory<byte>.Empty, "", "", "", [], [], [], []);
}
