using System.Globalization;
using Microsoft.Build.Framework;
using Qnn.Compiler;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;

namespace Qnn.Tasks;

/// <summary>Compiles one model that <see cref="PrepareQuantizedModels"/> has prepared: artifact and typed class, or the class alone for editors.</summary>
[MSBuildMultiThreadableTask]
public sealed class CompileQuantizedModel : QnnTask
{
    /// <summary>The prepared item.</summary>
    [Required]
    public ITaskItem Model { get; set; } = null!;

    /// <summary>Read the model's signature and write the class into its design-time file; compile nothing.</summary>
    public bool SignatureOnly { get; set; }

    /// <inheritdoc/>
    protected override void Run()
    {
        var item = ModelItem.Read(Model, ProjectFile, "");
        var options = item.Options with { Golden = Model.GetMetadata("QnnValidate") == "true" ? item.Options.Golden : null };
        if (SignatureOnly)
        {
            WriteDesignTimeWrapper(options, item.Wrapper);
            return;
        }
        bool done = false;
        try
        {
            done = Compile(options, item);
        }
        finally
        {
            // What is left of an earlier compilation would look up to date.
            if (!done) Delete(Model.GetMetadata("Artifact"), Model.GetMetadata("Wrapper"));
        }
    }

    private bool Compile(CompileOptions options, ModelItem item)
    {
        using var files = new OutputFiles();
        int stage = 0;
        string irDirectory = Model.GetMetadata("IrDirectory");
        if (irDirectory.Length > 0)
        {
            if (Directory.Exists(irDirectory)) Directory.Delete(irDirectory, recursive: true);
            options = options with { DumpIr = (name, text) => files.Add(Path.Combine(irDirectory, $"{stage++:D2}-{name}.txt"), text) };
        }
        var result = ModelCompiler.Compile(options, Cancellation);
        int errors = 0;
        foreach (var diagnostic in result.Diagnostics) errors += Report(diagnostic) ? 1 : 0;
        if (errors > 0 || result.Model is not { } model) return false;
        files.Add(Model.GetMetadata("Artifact"), model.Artifact);
        files.Add(Model.GetMetadata("Wrapper"), WrapperEmitter.Emit(model.Signature, item.Wrapper with { ArtifactHash = model.ArtifactHash }));
        if (item.Report)
        {
            files.Add(Model.GetMetadata("ReportJson"), ModelReport.Json(model));
            files.Add(Model.GetMetadata("ReportHtml"), ModelReport.Html(model));
        }
        files.Commit();
        Log.LogMessage(MessageImportance.Normal, string.Create(CultureInfo.InvariantCulture,
            $"  {item.Wrapper.FullName}: {model.OperatorCount} operators, {model.MultiplyAdds:N0} multiply-adds, artifact {model.Artifact.Length:N0} bytes, activations {model.ArenaBytes:N0} bytes, {model.Elapsed.TotalMilliseconds:N0} ms"));
        return true;
    }

    private void WriteDesignTimeWrapper(CompileOptions options, WrapperOptions wrapper)
    {
        try
        {
            using var files = new OutputFiles();
            files.Add(Model.GetMetadata("DesignTimeWrapper"), WrapperEmitter.Emit(ModelCompiler.ReadSignature(options, Cancellation), wrapper));
            files.Commit();
        }
        catch (ModelException fault)
        {
            throw new ModelException([.. fault.Diagnostics.Select(d => d with { File = d.File ?? options.ModelPath })]);
        }
    }

    private static void Delete(params string[] paths)
    {
        foreach (string path in paths)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It is in use; the next build fails on it again if the fault remains.
            }
        }
    }
}
