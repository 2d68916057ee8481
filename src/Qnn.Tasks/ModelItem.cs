using System.Globalization;
using Microsoft.Build.Framework;
using Qnn.Compiler;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Runtime;

namespace Qnn.Tasks;

/// <summary>A QuantizedModel item's metadata, read and checked. Relative paths are relative to the project.</summary>
internal sealed class ModelItem
{
    private readonly ITaskItem _item;
    private readonly string _projectDirectory;
    private readonly List<Diagnostic> _faults = [];
    private readonly List<Diagnostic> _remarks = [];

    private ModelItem(ITaskItem item, string projectFile, string rootNamespace)
    {
        _item = item;
        _projectDirectory = Path.GetDirectoryName(projectFile) ?? "";
        ModelPath = Full(item.ItemSpec);

        string className = Text("ClassName");
        if (className.Length == 0) className = Identifiers.ClassName(ModelPath);
        else if (!Identifiers.IsIdentifier(className)) Fault("ClassName", className, "it is no C# identifier");
        else if (Identifiers.IsTaken(className)) Fault("ClassName", className, "the class has a member of that name");
        string space = Text("Namespace");
        if (space.Length == 0) space = Identifiers.Namespace(rootNamespace);
        else if (!Identifiers.IsNamespace(space)) Fault("Namespace", space, "it is no C# namespace");
        Wrapper = new WrapperOptions
        {
            ClassName = className,
            Namespace = space,
            IsPublic = Choice("Access", "Public", "Internal") == 0,
            Deployment = Enumeration<Deployment>("Deploy") ?? Deployment.Embed,
        };
        Options = new CompileOptions
        {
            ModelPath = ModelPath,
            Numerics = Optional("Numerics"),
            InputShapes = Optional("InputShapes"),
            Params = OptionalPath("Params"),
            TargetCpu = Optional("TargetCpu") ?? Optional("target"),
            LabelsPath = OptionalPath("Labels"),
            Mean = Numbers("Mean"),
            Std = Numbers("Std"),
            ColorOrder = Enumeration<ColorOrder>("ColorOrder"),
            Resize = Enumeration<ResizeMode>("Resize"),
            Golden = OptionalPath("Golden"),
            Tolerance = Number<double>("Tolerance", double.TryParse) ?? 0,
            MaxArtifactBytes = Count("MaxArtifactBytes"),
            MaxArenaBytes = Count("MaxArenaBytes"),
            MaxMacs = Count("MaxMacs"),
        };
        if (!(Options.Tolerance >= 0)) Fault("Tolerance", Text("Tolerance"), "it must be 0 or more");
        if (className == space.Split('.')[0])
        {
            Remark(DiagnosticCodes.HiddenClass, $"its class is '{Wrapper.FullName}', and outside that namespace C# takes '{className}' for the namespace. Set ClassName or Namespace, or the project's RootNamespace.");
        }
        foreach (string name in item.CloneCustomMetadata().Keys)
        {
            if (MetadataNames.All.Contains(name, StringComparer.OrdinalIgnoreCase) || Suggestion.Nearest(name, MetadataNames.All) is not { } near) continue;
            Remark(DiagnosticCodes.UnknownMetadata, $"{name} is no metadata that Qnn.Sdk knows. Did you mean {near}?");
        }
        DumpIr = Choice("DumpIr", "false", "true") == 1;
        Report = Choice("Report", "false", "true") == 1;
        try
        {
            TargetCpus.Parse(Options.TargetCpu);
        }
        catch (ModelException fault)
        {
            _faults.AddRange(fault.Diagnostics);
        }
    }

    private delegate bool Parser<T>(string text, NumberStyles style, IFormatProvider provider, out T value);

    /// <summary>Reads an item.</summary>
    public static ModelItem Read(ITaskItem item, string projectFile, string rootNamespace) => new(item, projectFile, rootNamespace);

    /// <summary>The model file, full path.</summary>
    public string ModelPath { get; }

    public CompileOptions Options { get; }
    public WrapperOptions Wrapper { get; }
    public bool DumpIr { get; }
    public bool Report { get; }

    /// <summary>What is wrong with the metadata.</summary>
    public IReadOnlyList<Diagnostic> Faults => _faults;

    /// <summary>What may be wrong with it: warnings.</summary>
    public IReadOnlyList<Diagnostic> Remarks => _remarks;

    private string Text(string name) => _item.GetMetadata(name).Trim();

    private string? Optional(string name) => Text(name) is { Length: > 0 } text ? text : null;

    private string? OptionalPath(string name) => Text(name) is { Length: > 0 } text ? Full(text) : null;

    // Not Path.GetFullPath of one argument: that would ask for the current folder.
    private string Full(string path) => Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), _projectDirectory);

    private int Choice(string name, params string[] values)
    {
        string text = Text(name);
        if (text.Length == 0) return 0;
        int choice = Array.FindIndex(values, v => v.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (choice < 0) Fault(name, text, $"known are {string.Join(", ", values)}");
        return Math.Max(choice, 0);
    }

    private T? Enumeration<T>(string name) where T : struct, Enum
    {
        string text = Text(name);
        if (text.Length == 0) return null;
        // Names only: Enum.TryParse would take numbers and lists as well.
        int index = Array.FindIndex(Enum.GetNames<T>(), n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (index >= 0) return Enum.GetValues<T>()[index];
        Fault(name, text, $"known are {string.Join(", ", Enum.GetNames<T>())}");
        return null;
    }

    private float[]? Numbers(string name)
    {
        string text = Text(name);
        if (text.Length == 0) return null;
        var values = new List<float>();
        foreach (string part in QnnTask.Split(text))
        {
            if (float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)) values.Add(value);
            else Fault(name, text, "numbers separated by ';' are expected");
        }
        return [.. values];
    }

    private long? Count(string name)
    {
        var value = Number<long>(name, long.TryParse);
        if (value < 0) Fault(name, Text(name), "it must be 0 or more");
        return value;
    }

    private T? Number<T>(string name, Parser<T> parse) where T : struct
    {
        string text = Text(name);
        if (text.Length == 0) return null;
        if (parse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value)) return value;
        Fault(name, text, "a number is expected");
        return null;
    }

    private void Remark(string code, string text) => _remarks.Add(Diagnostic.Warning(code, $"QuantizedModel '{_item.ItemSpec}': {text}"));

    private void Fault(string name, string value, string why) =>
        _faults.Add(Diagnostic.Error(DiagnosticCodes.InvalidOption, $"QuantizedModel '{_item.ItemSpec}': {name} is '{value}'; {why}."));
}
