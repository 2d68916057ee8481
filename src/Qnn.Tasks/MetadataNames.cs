namespace Qnn.Tasks;

/// <summary>The metadata of a QuantizedModel item. The targets file has their defaults, docs/metadata.md describes them; tests keep the three in step.</summary>
public static class MetadataNames
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "TargetCpu", "target", "ClassName", "Namespace", "Access", "Labels", "Mean", "Std", "ColorOrder", "Resize", "InputShapes", "Params", "Deploy", "Numerics",
        "Golden", "Tolerance", "MaxArtifactBytes", "MaxArenaBytes", "MaxMacs", "DumpIr", "Report",
    ];
}
