using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Import;

/// <summary>A framework's file format. One class a framework, with a constructor without parameters; <see cref="ModelFormats"/> finds them.</summary>
internal abstract class ModelFormat
{
    /// <summary>The name in reports and artifacts: <c>tflite</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The values that <see cref="ImportOptions.Numerics"/> can have, the default first.</summary>
    public abstract IReadOnlyList<string> Numerics { get; }

    /// <summary>Whether the parameters are in a file of their own, which <see cref="ImportOptions.Params"/> can name.</summary>
    public virtual bool HasParams => false;

    /// <summary>Whether a file is of this format, by its name or its bytes; by its bytes alone where the name is empty.</summary>
    public abstract bool Matches(string path, ReadOnlySpan<byte> head);

    /// <summary>Reads a model.</summary>
    /// <exception cref="ModelException">The model is malformed or not supported.</exception>
    public abstract ImportedModel Import(ReadOnlyMemory<byte> bytes, ImportOptions options, CancellationToken cancellation);

    /// <summary>The kernel set asked for, or the default.</summary>
    protected string ResolveNumerics(string? wish)
    {
        if (string.IsNullOrEmpty(wish)) return Numerics[0];
        return Numerics.FirstOrDefault(n => n.Equals(wish, StringComparison.OrdinalIgnoreCase))
            ?? throw new ModelException(DiagnosticCodes.InvalidOption, $"Numerics '{wish}' is unknown for {Name} models. Known: {string.Join(", ", Numerics)}.{Suggestion.For(wish, Numerics)}");
    }
}
