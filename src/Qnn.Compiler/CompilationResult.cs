using System.Security.Cryptography;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler;

/// <summary>What a compilation gave. Without <see cref="Model"/> it failed, and <see cref="Diagnostics"/> says why.</summary>
/// <param name="Model">The compiled model, or null.</param>
/// <param name="Diagnostics">Errors, warnings and remarks.</param>
public sealed record CompilationResult(CompiledModel? Model, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether there is a model.</summary>
    public bool Success => Model is not null;
}

/// <summary>A compiled model.</summary>
public sealed record CompiledModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The artifact's bytes: the contents of a .qnnc file.</summary>
    public required byte[] Artifact { get; init; }

    /// <summary>SHA-256 of the artifact, in hexadecimal: what a typed wrapper knows it by.</summary>
    public string ArtifactHash => Convert.ToHexStringLower(SHA256.HashData(Artifact));

    /// <summary>The graph after all passes; of several sets of input shapes, the first one's.</summary>
    public required Graph Graph { get; init; }

    /// <summary>What the artifact says beside its program.</summary>
    public required ArtifactMetadata Metadata { get; init; }

    /// <summary>The model from outside: what its typed wrapper is made from.</summary>
    public required ModelSignature Signature { get; init; }

    /// <summary>Operators after all passes.</summary>
    public int OperatorCount => Graph.Nodes.Count;

    /// <summary>Multiply-adds of one call; of several sets of input shapes, the most.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Bytes of activations a session needs; of several sets of input shapes, the most.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
