using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Qnn.Compiler;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Validation;

namespace Qnn.Tasks;

/// <summary>
/// Before every build: checks the metadata, finds names and paths of what is made from each model, and writes down the options in a file that changes
/// only when they do, so that MSBuild sees by time stamps alone what must be compiled again.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PrepareQuantizedModels : QnnTask
{
    /// <summary>The QuantizedModel items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The namespace of classes that do not say one.</summary>
    public string RootNamespace { get; set; } = "";

    /// <summary>The folder for what is made, full path.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>Whether goldens are compared.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>The models with full paths, and as metadata the paths of what is made (Wrapper, Artifact, OptionsFile, ...), and Dependencies.</summary>
    [Output]
    public ITaskItem[] Prepared { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        var prepared = new List<ITaskItem>();
        var owners = new Dictionary<string, ModelItem>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in Models)
        {
            var model = ModelItem.Read(item, ProjectFile, RootNamespace);
            foreach (var diagnostic in model.Faults.Concat(model.Remarks)) Report(diagnostic);
            if (!File.Exists(model.ModelPath))
            {
                Report(Diagnostic.Error(DiagnosticCodes.FileNotFound, $"The model file '{item.ItemSpec}' does not exist ('{model.ModelPath}')."));
                continue;
            }
            if (!owners.TryAdd(model.Wrapper.FullName, model))
            {
                Report(Diagnostic.Error(DiagnosticCodes.DuplicateClass,
                    $"'{owners[model.Wrapper.FullName].ModelPath}' and '{model.ModelPath}' both want the class '{model.Wrapper.FullName}'. Give one of them another ClassName or Namespace."));
                continue;
            }
            if (model.Faults.Count == 0) prepared.Add(Prepare(item, model));
        }
        Prepared = [.. prepared];
    }

    private TaskItem Prepare(ITaskItem item, ModelItem model)
    {
        string stem = Path.Combine(OutputDirectory, model.Wrapper.FullName);
        string[] dependencies = [.. Dependencies(model)];
        string options = stem + ".qnn.options";
        WriteWhenChanged(options, DescribeOptions(item, model, dependencies));

        var result = new TaskItem(item) { ItemSpec = EscapingUtilities.Escape(model.ModelPath) };
        Set("Wrapper", stem + ".g.cs");
        Set("DesignTimeWrapper", stem + ".design.g.cs");
        Set("Artifact", stem + ".qnnc");
        Set("ArtifactName", model.Wrapper.ArtifactName);
        Set("ReportJson", model.Report ? stem + ".report.json" : "");
        Set("ReportHtml", model.Report ? stem + ".report.html" : "");
        Set("IrDirectory", model.DumpIr ? stem + ".ir" : "");
        Set("OptionsFile", options);
        result.SetMetadata("Dependencies", string.Join(';', dependencies.Select(EscapingUtilities.Escape)));
        Set("ClassName", model.Wrapper.ClassName);
        Set("Namespace", model.Wrapper.Namespace);
        Set("Deploy", model.Wrapper.Deployment.ToString());
        Set("QnnValidate", Validate ? "true" : "false");
        return result;

        void Set(string name, string value) => result.SetMetadata(name, EscapingUtilities.Escape(value));
    }

    private IEnumerable<string> Dependencies(ModelItem model)
    {
        if (model.Options.LabelsPath is { } labels && File.Exists(labels)) yield return labels;
        foreach (string parameters in Parameters(model)) yield return parameters;
        if (!Validate || model.Options.Golden is not { } golden) yield break;
        string description = Path.Combine(golden, "golden.json");
        if (File.Exists(description)) yield return description;
        IEnumerable<string> files;
        try
        {
            files = GoldenSet.Load(golden).Files;
        }
        catch (ModelException)
        {
            // The compilation reports it.
            yield break;
        }
        foreach (string file in files) yield return file;
    }

    // Of a symbol file without Params, every file that could be its parameters: a new epoch is a new model.
    private static IEnumerable<string> Parameters(ModelItem model)
    {
        if (model.Options.Params is { } stated) return File.Exists(stated) ? [stated] : [];
        if (!Path.GetExtension(model.ModelPath).Equals(".json", StringComparison.OrdinalIgnoreCase)) return [];
        return Directory.EnumerateFiles(Path.GetDirectoryName(model.ModelPath)!, "*.params").Order(StringComparer.Ordinal);
    }

    // All that decides the outputs. Files are inputs of the target themselves, but only newer ones count there.
    private string DescribeOptions(ITaskItem item, ModelItem model, string[] dependencies)
    {
        var text = new StringBuilder();
        text.Append("Options of the last compilation; a change makes the model be compiled again.\n");
        text.Append("compiler ").Append(typeof(ModelCompiler).Module.ModuleVersionId).Append('\n');
        text.Append("runtime ").Append(typeof(Runtime.QuantizedModel).Module.ModuleVersionId).Append('\n');
        text.Append("validate ").Append(Validate).Append('\n');
        text.Append("model ").Append(model.ModelPath).Append(' ').Append(FileStamp.Of(model.ModelPath)).Append('\n');
        text.Append("class ").Append(model.Wrapper.FullName).Append('\n');
        foreach (string name in MetadataNames.All) text.Append(name).Append(' ').Append(item.GetMetadata(name)).Append('\n');
        foreach (string file in dependencies) text.Append("file ").Append(file).Append(' ').Append(FileStamp.Of(file)).Append('\n');
        return text.ToString();
    }

    private static void WriteWhenChanged(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text) return;
        using var files = new OutputFiles();
        files.Add(path, text);
        files.Commit();
    }
}
