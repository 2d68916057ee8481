using System.Text;
using System.Text.Unicode;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Import.TfLite.Metadata;
using Qnn.Runtime;

namespace Qnn.Compiler;

/// <summary>What the options say about labels and images, over what the model file says.</summary>
internal static class MetadataOptions
{
    private const long MaxLabelBytes = 16 << 20;

    /// <summary>The metadata of the artifact.</summary>
    /// <exception cref="ModelException">An option does not fit the model.</exception>
    public static ArtifactMetadata Apply(ModelSignature model, CompileOptions options) => model.Metadata with
    {
        Labels = string.IsNullOrEmpty(options.LabelsPath) ? model.Metadata.Labels : ReadLabels(options.LabelsPath, model),
        Images = Images(model, options),
    };

    private static IReadOnlyList<string> ReadLabels(string path, ModelSignature model)
    {
        byte[] bytes;
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw Fault("The label file does not exist.");
            if (file.Length > MaxLabelBytes) throw Fault($"The label file has {file.Length} bytes; at most {MaxLabelBytes} are read.");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault($"The label file cannot be read: {fault.Message}");
        }
        // Notepad's "Unicode".
        if (bytes is [0xFF, 0xFE, ..]) bytes = Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.AsSpan(2)));
        if (!Utf8.IsValid(bytes)) throw Fault("The label file is not UTF-8. Save it with that encoding.");
        var labels = TfLiteLabels.Parse(bytes);
        // Detectors give class numbers, not a score for each; only an output that has a place for each class says how many there are.
        bool fits = model.Outputs.Any(o => o.Count == labels.Count || (o.Shape.Count > 0 && o.Shape[^1] == labels.Count));
        if (fits || (model.Outputs.Count > 1 && !model.Outputs.Any(ClassScores.IsRow))) return labels;
        string outputs = string.Join(", ", model.Outputs.Select(o => $"'{o.Name}' is {string.Join('x', o.Shape)}"));
        int blanks = labels.Count(l => l.Length == 0);
        string blank = blanks == 0 ? "" : $" Blank lines among them: {blanks}, the first is line {labels.ToList().IndexOf("") + 1}; one counts as a class without a name, unless it is at the end.";
        throw Fault($"The label file has {labels.Count} names, and no output has as many classes: {outputs}. A name a line is expected.{blank}");

        ModelException Fault(string why) => new(Diagnostic.Error(DiagnosticCodes.LabelMismatch, why, path));
    }

    private static IReadOnlyList<ImageInputDescription> Images(ModelSignature model, CompileOptions options)
    {
        bool asked = options.Mean is not null || options.Std is not null || options.ColorOrder is not null || options.Resize is not null;
        var images = new List<ImageInputDescription>();
        for (int i = 0; i < model.Inputs.Count; i++)
        {
            var input = model.Inputs[i];
            if (ImageInputs.Sizes(input) is not { } size) continue;
            var stated = model.Metadata.Images.FirstOrDefault(m => m.Input == i);
            if (stated is null && !asked && !ImageInputs.LooksLikeImage(input)) continue;
            images.Add(new ImageInputDescription(
                i,
                Values(options.Mean ?? stated?.Mean, "Mean", input, size.Channels, float.IsFinite),
                Values(options.Std ?? stated?.Std, "Std", input, size.Channels, s => float.IsFinite(s) && s > 0),
                options.ColorOrder is { } order ? (byte)order : stated?.ColorOrder ?? 0,
                options.Resize is { } resize ? (byte)resize : stated?.Resize ?? 0));
        }
        if (asked && images.Count == 0)
        {
            throw new ModelException(DiagnosticCodes.InvalidOption,
                $"Mean, Std, ColorOrder and Resize say how an image becomes an input, but no input can hold one: {string.Join(", ", model.Inputs.Select(i => $"'{i.Name}' is {i.Type.Name()} {string.Join('x', i.Shape)}"))}. An image takes height, width and 1 or 3 channels.");
        }
        return images;
    }

    private static IReadOnlyList<float> Values(IReadOnlyList<float>? values, string option, TensorDescription input, int channels, Predicate<float> valid)
    {
        if (values is null) return [];
        if (values.Count is not (0 or 1) && values.Count != channels)
        {
            throw new ModelException(DiagnosticCodes.InvalidOption, $"{option} has {values.Count} values; input '{input.Name}' has {channels} channel(s). One value, or one for each channel, is expected.");
        }
        if (values.Any(v => !valid(v))) throw new ModelException(DiagnosticCodes.InvalidOption, $"{option} '{string.Join("; ", values)}' is out of range{(option == "Std" ? ": it must be above zero" : "")}.");
        return values;
    }
}
