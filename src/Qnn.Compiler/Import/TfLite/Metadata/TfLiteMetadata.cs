using Google.FlatBuffers;
using Qnn.Runtime.Artifact;

namespace Qnn.Compiler.Import.TfLite.Metadata;

/// <summary>
/// TFLite metadata: what a model's author says about it, its inputs and its outputs, with the label files from the archive
/// appended to the model. Checked, decoded and apart from the file. Read by <see cref="TfLiteFile.ReadMetadata"/>.
/// </summary>
internal sealed class TfLiteMetadata
{
    private const string Identifier = "M001";

    private readonly TfLiteReadBudget _budget;
    private readonly TfLiteArchive? _archive;
    private readonly List<string> _remarks = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _labels = new(StringComparer.Ordinal);

    private TfLiteMetadata(TfLiteFile file, int bufferBytes, Schema.ModelMetadata source)
    {
        _budget = new(bufferBytes);
        _archive = TfLiteArchive.Find(file.Bytes);
        Name = TfLiteText.DecodeName(source.GetNameBytes(), _budget);
        Description = TfLiteText.Decode(source.GetDescriptionBytes(), _budget);
        Version = TfLiteText.DecodeName(source.GetVersionBytes(), _budget);
        Author = TfLiteText.DecodeName(source.GetAuthorBytes(), _budget);
        License = TfLiteText.Decode(source.GetLicenseBytes(), _budget);
        MinParserVersion = TfLiteText.DecodeName(source.GetMinParserVersionBytes(), _budget);
        Files = ReadFiles(source.AssociatedFilesLength, source.AssociatedFiles);
        // One subgraph runs; what is said about others is not needed.
        var main = source.SubgraphMetadataLength > 0 ? source.SubgraphMetadata(0) : null;
        Inputs = ReadTensors("input", main?.InputTensorMetadataLength ?? 0, i => main!.Value.InputTensorMetadata(i), file.Main.Inputs.Count);
        Outputs = ReadTensors("output", main?.OutputTensorMetadataLength ?? 0, i => main!.Value.OutputTensorMetadata(i), file.Main.Outputs.Count);
        SubgraphFiles = main is { } subgraph ? ReadFiles(subgraph.AssociatedFilesLength, subgraph.AssociatedFiles) : [];
    }

    /// <summary>The model's name, as <c>MobileNetV1 image classifier</c>; empty where it is not given, as all texts here.</summary>
    public string Name { get; }

    /// <summary>What the model does.</summary>
    public string Description { get; }

    /// <summary>The model's version.</summary>
    public string Version { get; }

    /// <summary>Who made it.</summary>
    public string Author { get; }

    /// <summary>Its licence.</summary>
    public string License { get; }

    /// <summary>The version of the metadata format that takes in all of it: <c>1.0.0</c>.</summary>
    public string MinParserVersion { get; }

    /// <summary>About each input of the main subgraph, in its order; null for one of which nothing is said.</summary>
    public IReadOnlyList<TfLiteTensorMetadata?> Inputs { get; }

    /// <summary>About each output of the main subgraph, in its order; null for one of which nothing is said.</summary>
    public IReadOnlyList<TfLiteTensorMetadata?> Outputs { get; }

    /// <summary>Files that belong to the model as a whole.</summary>
    public IReadOnlyList<TfLiteAssociatedFile> Files { get; }

    /// <summary>Files that belong to the main subgraph.</summary>
    public IReadOnlyList<TfLiteAssociatedFile> SubgraphFiles { get; }

    /// <summary>What does not fit together but does no harm, to be shown as warnings: a file that the archive does not have, a count that is not the model's.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    internal static TfLiteMetadata Read(TfLiteFile file, ReadOnlyMemory<byte> buffer)
    {
        var verifier = new FlatBufferVerifier(buffer, maxTables: Math.Max(1024, buffer.Length / 4), checkAlignment: false);
        if (!verifier.VerifyBuffer(Identifier, Schema.ModelMetadataVerify.Verify)) throw TfLiteFault.Damaged($"The model's metadata is damaged: {verifier.Fault}.");
        return new(file, buffer.Length, Schema.ModelMetadata.GetRootAsModelMetadata(new ByteBuffer(buffer.ToArray())));
    }

    private TfLiteTensorMetadata?[] ReadTensors(string role, int count, Func<int, Schema.TensorMetadata?> at, int wanted)
    {
        var result = new TfLiteTensorMetadata?[wanted];
        if (count == 0) return result;
        if (count != wanted)
        {
            // Which is which cannot be known then.
            _remarks.Add($"The model's metadata describes {count} {role}s, but the model has {wanted}; it is not used for them.");
            return result;
        }
        for (int i = 0; i < count; i++) result[i] = ReadTensor(at(i)!.Value);
        return result;
    }

    private TfLiteTensorMetadata ReadTensor(Schema.TensorMetadata source)
    {
        var files = ReadFiles(source.AssociatedFilesLength, source.AssociatedFiles);
        var result = new TfLiteTensorMetadata
        {
            Name = TfLiteText.DecodeName(source.GetNameBytes(), _budget),
            Description = TfLiteText.Decode(source.GetDescriptionBytes(), _budget),
            Files = files,
            AxisLabels = Labels(files, Schema.AssociatedFileType.TENSOR_AXIS_LABELS),
            ValueLabels = Labels(files, Schema.AssociatedFileType.TENSOR_VALUE_LABELS),
            Min = Floats(source.Stats?.MinLength ?? 0, () => source.Stats!.Value.GetMinArray()),
            Max = Floats(source.Stats?.MaxLength ?? 0, () => source.Stats!.Value.GetMaxArray()),
        };
        if (source.Content is { } content)
        {
            if (content.Range is { } range) result = result with { ContentAxes = (range.Min, range.Max) };
            result = content.ContentPropertiesType switch
            {
                Schema.ContentProperties.ImageProperties when content.ContentProperties<Schema.ImageProperties>() is { } image => result with { Image = ReadImage(image) },
                Schema.ContentProperties.BoundingBoxProperties when content.ContentProperties<Schema.BoundingBoxProperties>() is { } box => result with { BoundingBox = ReadBox(box) },
                _ => result,
            };
        }
        for (int i = 0; i < source.ProcessUnitsLength; i++)
        {
            var unit = source.ProcessUnits(i)!.Value;
            result = unit.OptionsType switch
            {
                Schema.ProcessUnitOptions.NormalizationOptions when unit.Options<Schema.NormalizationOptions>() is { } normalization => result with { Normalization = ReadNormalization(normalization) },
                Schema.ProcessUnitOptions.ScoreThresholdingOptions when unit.Options<Schema.ScoreThresholdingOptions>() is { } threshold => result with { ScoreThreshold = threshold.GlobalScoreThreshold },
                Schema.ProcessUnitOptions.ScoreCalibrationOptions when unit.Options<Schema.ScoreCalibrationOptions>() is { } calibration => result with { ScoreCalibration = (calibration.ScoreTransformation, calibration.DefaultScore) },
                _ => result,
            };
        }
        return result;
    }

    private static TfLiteImage ReadImage(Schema.ImageProperties source)
    {
        // A size beyond int is none.
        int Extent(uint? extent) => extent is > 0 and <= int.MaxValue ? (int)extent.Value : 0;
        return new(source.ColorSpace, Extent(source.DefaultSize?.Width), Extent(source.DefaultSize?.Height));
    }

    private TfLiteBoundingBox ReadBox(Schema.BoundingBoxProperties source)
    {
        _budget.Charge(source.IndexLength);
        uint[] order = source.GetIndexArray() ?? [];
        if (order.Length == 0) order = [0, 1, 2, 3];
        if (order.Length != 4 || order.Distinct().Count() != 4 || order.Max() > 3) throw TfLiteFault.Inconsistent($"The model's metadata orders the numbers of a bounding box as [{string.Join(", ", order.Take(16))}].");
        return new(source.Type, source.CoordinateType, [.. order.Select(i => (int)i)]);
    }

    private TfLiteNormalization ReadNormalization(Schema.NormalizationOptions source)
    {
        var (mean, std) = (Floats(source.MeanLength, source.GetMeanArray), Floats(source.StdLength, source.GetStdArray));
        if (mean.Concat(std).Any(v => !float.IsFinite(v)) || std.Contains(0f))
            throw TfLiteFault.Inconsistent($"The model's metadata normalises an input with mean [{string.Join(", ", mean.Take(16))}] and standard deviation [{string.Join(", ", std.Take(16))}].");
        return new(mean.Count == 0 ? [0f] : mean, std.Count == 0 ? [1f] : std);
    }

    private IReadOnlyList<float> Floats(int count, Func<float[]?> read)
    {
        _budget.Charge(count);
        return count == 0 ? [] : read() ?? [];
    }

    private TfLiteAssociatedFile[] ReadFiles(int count, Func<int, Schema.AssociatedFile?> at)
    {
        _budget.Charge(count);
        var files = new TfLiteAssociatedFile[count];
        for (int i = 0; i < count; i++)
        {
            var source = at(i)!.Value;
            string name = TfLiteText.DecodeName(source.GetNameBytes(), _budget);
            files[i] = new(name, TfLiteText.Decode(source.GetDescriptionBytes(), _budget), source.Type, TfLiteText.DecodeName(source.GetLocaleBytes(), _budget));
        }
        return files;
    }

    /// <summary>The labels of a kind. Where there are several languages, those without one, else the English, else the first.</summary>
    private IReadOnlyList<string>? Labels(TfLiteAssociatedFile[] files, Schema.AssociatedFileType type)
    {
        var file = files.Where(f => f.Type == type).OrderBy(f => f.Locale.Length == 0 ? 0 : f.Locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? 1 : 2).FirstOrDefault();
        if (file is null) return null;
        if (_labels.TryGetValue(file.Name, out var known)) return known;
        if (_archive?.Read(file.Name) is { } content) return _labels[file.Name] = TfLiteLabels.Parse(content.Span);
        _remarks.Add($"The model's metadata names the label file '{file.Name}', but the model file does not contain it.");
        return null;
    }
}
