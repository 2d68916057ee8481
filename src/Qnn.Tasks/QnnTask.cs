using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Qnn.Compiler.Diagnostics;

namespace Qnn.Tasks;

/// <summary>What both tasks share: diagnostics to MSBuild's log, and cancelling.</summary>
public abstract class QnnTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The project file, full path. Faults of options are reported there.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The property of that name: warnings become errors.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The property of that name: codes of warnings that stay warnings, separated by <c>;</c>.</summary>
    public string WarningsNotAsErrors { get; set; } = "";

    /// <summary>Cancelled by <see cref="Cancel"/>.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            Run();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (ModelException fault)
        {
            foreach (var diagnostic in fault.Diagnostics) Report(diagnostic);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Report(Diagnostic.Error(DiagnosticCodes.InternalError, $"The Qnn compiler failed; this is a fault of its own, please report it with the model. {fault.GetType().Name}: {fault.Message}"));
            Log.LogMessage(MessageImportance.Low, fault.ToString());
        }
        return !Log.HasLoggedErrors;
    }

    /// <summary>Ends the task soon. May come from any thread, and before it has begun.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The work.</summary>
    protected abstract void Run();

    /// <summary>Logs a diagnostic with its code; at the project where it names no file. Returns whether it is an error.</summary>
    protected bool Report(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        string file = diagnostic.File ?? ProjectFile;
        bool error = diagnostic.Severity == DiagnosticSeverity.Error || (diagnostic.Severity == DiagnosticSeverity.Warning && IsWarningAnError(diagnostic.Code));
        if (error) Log.LogError(null, diagnostic.Code, null, file, 0, 0, 0, 0, "{0}", diagnostic.Message);
        else if (diagnostic.Severity == DiagnosticSeverity.Warning) Log.LogWarning(null, diagnostic.Code, null, file, 0, 0, 0, 0, "{0}", diagnostic.Message);
        else Log.LogMessage(null, diagnostic.Code, null, file, 0, 0, 0, 0, MessageImportance.Normal, "{0}", diagnostic.Message);
        return error;
    }

    // MSBuild itself turns a warning into an error only when it is shown, too late to keep the outputs from looking done.
    private bool IsWarningAnError(string code)
    {
        if (BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(code)) return true;
        return TreatWarningsAsErrors && !Split(WarningsNotAsErrors).Contains(code, StringComparer.OrdinalIgnoreCase);
    }

    internal static string[] Split(string list) => list.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
