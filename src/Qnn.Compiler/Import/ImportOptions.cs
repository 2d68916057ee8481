namespace Qnn.Compiler.Import;

/// <summary>What an importer is told.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Numerics">The framework's kernel set to equal; null for its default.</param>
/// <param name="InputShapes">Shapes that the model leaves open.</param>
/// <param name="ModelPath">Where the model's file lies, for formats of several files; null where there is only the file itself.</param>
/// <param name="Params">The file with the parameters of formats that keep them apart; null for the one beside the model.</param>
internal sealed record ImportOptions(string Name, string? Numerics, InputShapes InputShapes, string? ModelPath = null, string? Params = null);
