using Qnn.Compiler.Diagnostics;

namespace Qnn.Tool.Output;

/// <summary>Writes diagnostics to the standard error stream, in the compilers' form, and chooses the exit code.</summary>
internal static class ErrorReport
{
    public const int Success = 0;
    public const int Fault = 1;
    public const int UsageFault = 2;

    /// <summary>Writes diagnostics; the exit code is that of the gravest.</summary>
    public static int Write(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics) Console.Error.WriteLine(diagnostic);
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        return errors.Length == 0 ? Success : errors.All(d => IsUsage(d.Code)) ? UsageFault : Fault;
    }

    /// <summary>Writes faults of the command line itself.</summary>
    public static int Usage(IEnumerable<string> messages)
    {
        Write([.. messages.Distinct().Select(m => Diagnostic.Error(DiagnosticCodes.InvalidOption, m))]);
        Console.Error.WriteLine("'qnn --help' and 'qnn COMMAND --help' say what is known.");
        return UsageFault;
    }

    /// <summary>A fault of an option, to throw.</summary>
    public static ModelException Option(string message) => new(DiagnosticCodes.InvalidOption, message);

    private static bool IsUsage(string code) => code is DiagnosticCodes.InvalidOption or DiagnosticCodes.UnknownTarget;
}
