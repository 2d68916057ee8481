using System.CommandLine;
using System.CommandLine.Parsing;
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

    /// <summary>Writes faults of the command line itself, with the command or option that a mistyped one probably stands for.</summary>
    public static int Usage(ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Subcommands.Concat<Symbol>(parsed.CommandResult.Command.Options).Select(s => s.Name).ToArray();
        var messages = parsed.UnmatchedTokens.Count > 0
            ? parsed.UnmatchedTokens.Take(1).Select(token => $"'{token}' is no command, option or argument known here.{Suggestion.For(token, known)}")
            : parsed.Errors.Select(Message).Distinct();
        Write([.. messages.Select(m => Diagnostic.Error(DiagnosticCodes.InvalidOption, m))]);
        string command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
        Console.Error.WriteLine($"'qnn{command} --help' says what is known.");
        return UsageFault;
    }

    // The library's own words name types of .NET.
    private static string Message(ParseError error) => error.SymbolResult switch
    {
        CommandResult { Command: RootCommand root } => $"A command is missing: {string.Join(", ", root.Subcommands.Select(c => c.Name))}.",
        OptionResult { Tokens: [var token], Option.ValueType: var type } option when type != typeof(string) => $"{option.Option.Name} {token.Value}: a number is expected.",
        _ => error.Message,
    };

    /// <summary>A fault of an option, to throw.</summary>
    public static ModelException Option(string message) => new(DiagnosticCodes.InvalidOption, message);

    private static bool IsUsage(string code) => code is DiagnosticCodes.InvalidOption or DiagnosticCodes.UnknownTarget;
}
