namespace Qnn.Compiler.Diagnostics;

/// <summary>How bad a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>For the record.</summary>
    Info,
    /// <summary>The model compiles, but not as well as it could.</summary>
    Warning,
    /// <summary>The model does not compile.</summary>
    Error,
}

/// <summary>A fault or remark about a user's model or options. Described in DIAGNOSTICS.md under its code.</summary>
/// <param name="Code">QNN and four digits; see <see cref="DiagnosticCodes"/>.</param>
/// <param name="Severity">Error, warning or info.</param>
/// <param name="Message">What is wrong, where in the model, and what to do.</param>
/// <param name="File">The file at fault, as the user named it; null where there is none.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message, string? File = null)
{
    /// <summary>The form of the C# compiler: <c>file : error QNN1001: message</c>.</summary>
    public override string ToString()
    {
        string line = $"{Severity.ToString().ToLowerInvariant()} {Code}: {Message}";
        return File is null ? line : $"{File} : {line}";
    }

    /// <summary>An error.</summary>
    public static Diagnostic Error(string code, string message, string? file = null) => new(code, DiagnosticSeverity.Error, message, file);

    /// <summary>A warning.</summary>
    public static Diagnostic Warning(string code, string message, string? file = null) => new(code, DiagnosticSeverity.Warning, message, file);
}
