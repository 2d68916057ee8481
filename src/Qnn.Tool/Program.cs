using System.CommandLine;
using System.CommandLine.Invocation;
using Qnn.Compiler.Diagnostics;
using Qnn.Runtime;
using Qnn.Tool.Commands;
using Qnn.Tool.Output;

namespace Qnn.Tool;

/// <summary>The <c>qnn</c> command. Exit codes: 0 done, 1 the model or the data are at fault, 2 the command line is.</summary>
internal static class Program
{
    private const int Cancelled = 130;

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Compile, run, inspect, measure and validate quantized neural networks.")
        {
            CompileCommand.Create(),
            RunCommand.Create(),
            InspectCommand.Create(),
            BenchCommand.Create(),
            ValidateCommand.Create(),
        };
        // A path may begin with '@', so there are no response files.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) return ErrorReport.Usage(parsed);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (ModelException fault)
        {
            return ErrorReport.Write(fault.Diagnostics);
        }
        catch (QnnFormatException fault)
        {
            return ErrorReport.Write([Diagnostic.Error(DiagnosticCodes.DamagedFile, fault.Message)]);
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
#pragma warning disable CA1031 // Whatever else happens is a fault of ours, and still has a code and an exit status.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return ErrorReport.Write([Diagnostic.Error(DiagnosticCodes.InternalError, $"qnn failed, which is a fault of its own: {fault}")]);
        }
    }
}
