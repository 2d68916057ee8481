using System.IO.Compression;
using System.Text;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Metadata;
using Qnn.Compiler.Import.TfLite.Metadata.Schema;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TfLite;

public sealed class TfLiteMetadataTests
{
    [Fact]
    public void ClassifierHasNormalisationAndLabels()
    {
        var metadata = Read(SmallModels.Classifier())!;
        Assert.Equal("A classifier", metadata.Name);
        Assert.Equal("1.0.0", metadata.MinParserVersion);
        var input = Assert.Single(metadata.Inputs)!;
        Assert.Equal("image", input.Name);
        Assert.Equal([127.5f], input.Normalization!.Mean);
        Assert.Equal([128f], input.Normalization.Std);
        Assert.Equal(new TfLiteImage(ColorSpaceType.RGB, 0, 0), input.Image);
        var output = Assert.Single(metadata.Outputs)!;
        Assert.Equal(["cat", "dog", "", "Käfer"], output.AxisLabels!);
        Assert.Null(output.ValueLabels);
        Assert.Empty(metadata.Remarks);
    }

    [Fact]
    public void ModelWithoutMetadataHasNone() => Assert.Null(Read(Model()));

    [Fact]
    public void EverythingThatIsSaidIsRead()
    {
        var tensor = new TensorMetadataT
        {
            Name = "boxes",
            Description = "two\nlines",
            Content = new ContentT
            {
                ContentProperties = ContentPropertiesUnion.FromBoundingBoxProperties(new BoundingBoxPropertiesT { Index = [1, 0, 3, 2], Type = BoundingBoxType.BOUNDARIES, CoordinateType = CoordinateType.PIXEL }),
                Range = new ValueRangeT { Min = 2, Max = 2 },
            },
            ProcessUnits =
            [
                new ProcessUnitT { Options = ProcessUnitOptionsUnion.FromScoreThresholdingOptions(new ScoreThresholdingOptionsT { GlobalScoreThreshold = 0.25f }) },
                new ProcessUnitT { Options = ProcessUnitOptionsUnion.FromScoreCalibrationOptions(new ScoreCalibrationOptionsT { ScoreTransformation = ScoreTransformationType.LOG, DefaultScore = 0.1f }) },
            ],
            Stats = new StatsT { Min = [0], Max = [1, 2] },
            AssociatedFiles =
            [
                new AssociatedFileT { Name = "de.txt", Type = AssociatedFileType.TENSOR_VALUE_LABELS, Locale = "de" },
                new AssociatedFileT { Name = "en.txt", Type = AssociatedFileType.TENSOR_VALUE_LABELS, Locale = "en-US" },
            ],
        };
        var image = new TensorMetadataT
        {
            Content = new ContentT { ContentProperties = ContentPropertiesUnion.FromImageProperties(new ImagePropertiesT { ColorSpace = ColorSpaceType.GRAYSCALE, DefaultSize = new ImageSizeT { Width = 320, Height = 240 } }) },
        };
        var metadata = Read(Model().Metadata(new ModelMetadataT
        {
            Name = "n",
            Description = "d",
            Version = "v1",
            Author = "a",
            License = "l",
            SubgraphMetadata = [new SubGraphMetadataT { InputTensorMetadata = [image], OutputTensorMetadata = [tensor] }],
        }).AppendFile("de.txt", "Katze\r\nHund\r\n"u8.ToArray()).AppendFile("en.txt", [0xEF, 0xBB, 0xBF, .. "cat\ndog\n\n"u8]))!;

        Assert.Equal(("n", "d", "v1", "a", "l"), (metadata.Name, metadata.Description, metadata.Version, metadata.Author, metadata.License));
        Assert.Equal(new TfLiteImage(ColorSpaceType.GRAYSCALE, 320, 240), metadata.Inputs[0]!.Image);
        var output = metadata.Outputs[0]!;
        Assert.Equal("two\nlines", output.Description);
        Assert.Equal((BoundingBoxType.BOUNDARIES, CoordinateType.PIXEL), (output.BoundingBox!.Type, output.BoundingBox.Coordinates));
        Assert.Equal([1, 0, 3, 2], output.BoundingBox.Order);
        Assert.Equal((2, 2), output.ContentAxes);
        Assert.Equal((0.25f, (ScoreTransformationType.LOG, 0.1f)), (output.ScoreThreshold!.Value, output.ScoreCalibration!.Value));
        Assert.Equal([0f], output.Min);
        Assert.Equal([1f, 2f], output.Max);
        Assert.Equal(["cat", "dog"], output.ValueLabels!);
        Assert.Equal(["de.txt", "en.txt"], output.Files.Select(f => f.Name));
    }

    [Fact]
    public void MissingLabelFileAndWrongCountAreRemarks()
    {
        var file = new AssociatedFileT { Name = "../labels.txt", Type = AssociatedFileType.TENSOR_AXIS_LABELS };
        var metadata = Read(Model().Metadata(new ModelMetadataT
        {
            SubgraphMetadata = [new SubGraphMetadataT { InputTensorMetadata = [new(), new()], OutputTensorMetadata = [new() { AssociatedFiles = [file] }] }],
        }))!;
        Assert.Null(Assert.Single(metadata.Inputs));
        Assert.Null(metadata.Outputs[0]!.AxisLabels);
        Assert.Equal(2, metadata.Remarks.Count);
        Assert.Contains("2 inputs, but the model has 1", metadata.Remarks[0], StringComparison.Ordinal);
        Assert.Contains("'../labels.txt'", metadata.Remarks[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ZipThatWasJustAppendedIsRead()
    {
        // Offsets count from the zip's start here, not from the model's.
        using var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = new StreamWriter(zip.CreateEntry("labels.txt").Open());
            entry.Write("one\ntwo");
        }
        var metadata = TfLiteFile.Open((byte[])[.. Labelled().Build(), .. zipped.ToArray()]).ReadMetadata()!;
        Assert.Equal(["one", "two"], metadata.Outputs[0]!.AxisLabels!);
    }

    [Fact]
    public void BombIsRefused()
    {
        var model = Labelled().AppendFile("labels.txt", new byte[63 << 20]);
        AssertFault(DiagnosticCodes.TooLarge, "unpacks to more than", model.Build());
    }

    [Fact]
    public void TooManyFilesAreRefused()
    {
        var model = Labelled();
        for (int i = 0; i < 4097; i++) model.AppendFile($"{i}", []);
        AssertFault(DiagnosticCodes.TooLarge, "4097 files", model.Build());
    }

    [Fact]
    public void DamagedZipIsRefused()
    {
        byte[] bytes = Labelled().AppendFile("labels.txt", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 1000)))).Build();
        // The name in the entry's own header, then the directory.
        int name = bytes.AsSpan().LastIndexOf("labels.txt"u8);
        bytes[name - 46] ^= 1;
        AssertFault(DiagnosticCodes.DamagedFile, "archive", bytes);
    }

    [Fact]
    public void NormalisationByZeroIsRefused() => AssertFault(DiagnosticCodes.InconsistentModel, "standard deviation [0]", Model().Classifier("c", [1], [0], ["x"]).Build());

    [Fact]
    public void DamagedMetadataIsRefused() => AssertFault(DiagnosticCodes.DamagedFile, "metadata is damaged", Model().NamedBuffer("TFLITE_METADATA", [8, 0, 0, 0, .. "M001"u8]).Build());

    private static TfLiteMetadata? Read(TfLiteModelBuilder model) => TfLiteFile.Open(model.Build()).ReadMetadata();

    private static TfLiteModelBuilder Model()
    {
        var model = new TfLiteModelBuilder();
        int x = model.Input("x", TensorType.FLOAT32, [1]);
        return model.Output(model.Operator(BuiltinOperator.ABS, [x], "y", TensorType.FLOAT32, [1]));
    }

    private static TfLiteModelBuilder Labelled() => Model().Metadata(new ModelMetadataT
    {
        SubgraphMetadata = [new SubGraphMetadataT { OutputTensorMetadata = [new() { AssociatedFiles = [new AssociatedFileT { Name = "labels.txt", Type = AssociatedFileType.TENSOR_AXIS_LABELS }] }] }],
    });

    private static void AssertFault(string code, string message, byte[] bytes)
    {
        var file = TfLiteFile.Open(bytes);
        var fault = Assert.Single(Assert.Throws<ModelException>(file.ReadMetadata).Diagnostics);
        Assert.Equal(code, fault.Code);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
