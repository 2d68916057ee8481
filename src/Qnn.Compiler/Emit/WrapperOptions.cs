namespace Qnn.Compiler.Emit;

/// <summary>Where a program finds its compiled model.</summary>
public enum Deployment
{
    /// <summary>In the assembly, as a resource.</summary>
    Embed,
    /// <summary>In a file next to the program.</summary>
    File,
}

/// <summary>How a typed wrapper is written.</summary>
public sealed record WrapperOptions
{
    /// <summary>The class's name; see <see cref="Identifiers.ClassName"/>.</summary>
    public required string ClassName { get; init; }

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether the class is public, else internal.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>Where the artifact is at run time.</summary>
    public Deployment Deployment { get; init; }

    /// <summary>SHA-256 of the artifact in hexadecimal, by which the program knows that its machine code is the compiler's; empty where the artifact is not compiled yet.</summary>
    public string ArtifactHash { get; init; } = "";

    /// <summary>The class's full name.</summary>
    public string FullName => Namespace.Length == 0 ? ClassName : $"{Namespace}.{ClassName}";

    /// <summary>The artifact's name as a resource or a file: the class's full name with .qnnc.</summary>
    public string ArtifactName => FullName + ".qnnc";
}
