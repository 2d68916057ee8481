namespace Qnn.Compiler.Validation;

/// <summary>One run of the model: inputs, and the outputs that the framework answered.</summary>
/// <param name="Name">The case's name.</param>
/// <param name="Inputs">Inputs, in the model's order where they have no names.</param>
/// <param name="Outputs">Outputs, in the model's order.</param>
public sealed record GoldenCase(string Name, IReadOnlyList<GoldenTensor> Inputs, IReadOnlyList<GoldenTensor> Outputs);
