using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import;

/// <summary>What an importer hands on.</summary>
internal sealed record ImportedModel
{
    /// <summary>The graph, before any pass.</summary>
    public required Graph Graph { get; init; }

    /// <summary>The kernel set that the graph's arithmetic equals.</summary>
    public required string Numerics { get; init; }

    /// <summary>What the model's author says about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Class names that the file brings along.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>How images become inputs, as far as the file says.</summary>
    public IReadOnlyList<ImageInputDescription> Images { get; init; } = [];

    /// <summary>Descriptions of the inputs, one each or none.</summary>
    public IReadOnlyList<string> InputDescriptions { get; init; } = [];

    /// <summary>Descriptions of the outputs, one each or none.</summary>
    public IReadOnlyList<string> OutputDescriptions { get; init; } = [];

    /// <summary>What the file says about itself that is not used, as sentences for the user.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
