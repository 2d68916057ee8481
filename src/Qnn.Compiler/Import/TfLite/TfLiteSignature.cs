namespace Qnn.Compiler.Import.TfLite;

/// <summary>Names under which a program knows a subgraph's inputs and outputs.</summary>
/// <param name="Key">The signature's name: <c>serving_default</c>.</param>
/// <param name="Subgraph">The subgraph.</param>
/// <param name="Inputs">Inputs by name, in the signature's order, which need not be the subgraph's.</param>
/// <param name="Outputs">Outputs by name.</param>
internal sealed record TfLiteSignature(
    string Key, TfLiteSubgraph Subgraph, IReadOnlyList<(string Name, TfLiteTensor Tensor)> Inputs, IReadOnlyList<(string Name, TfLiteTensor Tensor)> Outputs)
{
    /// <summary>The name that the signature gives a tensor; null where it gives none.</summary>
    public string? NameOf(TfLiteTensor tensor)
    {
        foreach (var (name, named) in Inputs.Concat(Outputs))
        {
            if (ReferenceEquals(named, tensor)) return name;
        }
        return null;
    }
}
