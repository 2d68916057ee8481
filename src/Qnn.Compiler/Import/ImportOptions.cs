namespace Qnn.Compiler.Import;

/// <summary>What an importer is told.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Numerics">The framework's kernel set to equal; null for its default.</param>
/// <param name="InputShapes">Shapes that the model leaves open.</param>
internal sealed record ImportOptions(string Name, string? Numerics, InputShapes InputShapes);
