namespace Qnn.Compiler.Ir;

/// <summary>Where in the source model a node comes from.</summary>
/// <param name="Node">The framework's name of the node, or of its first output.</param>
/// <param name="Operator">The framework's operator, with its version where there is one: <c>CONV_2D v3</c>.</param>
/// <param name="Index">The node's place in the source, or -1.</param>
public sealed record SourceLocation(string Node, string Operator, int Index = -1)
{
    /// <summary>For nodes that no source node gave rise to.</summary>
    public static SourceLocation None { get; } = new("", "");

    /// <inheritdoc/>
    public override string ToString() => Index < 0 ? $"{Operator} '{Node}'" : $"{Operator} '{Node}' (#{Index})";
}
