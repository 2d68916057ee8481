using Qnn.Compiler.Import.TfLite.Metadata;
using Qnn.Compiler.Import.TfLite.Metadata.Schema;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>TensorFlow Lite (LiteRT) models.</summary>
internal sealed class TfLiteFormat : ModelFormat
{
    public override string Name => "tflite";

    public override IReadOnlyList<string> Numerics { get; } = ["builtin", "reference", "xnnpack"];

    public override bool Matches(string path, ReadOnlySpan<byte> head) =>
        TfLiteFile.IsTfLite(head) || Path.GetExtension(path).Equals(".tflite", StringComparison.OrdinalIgnoreCase);

    public override ImportedModel Import(ReadOnlyMemory<byte> bytes, ImportOptions options, CancellationToken cancellation)
    {
        string numerics = ResolveNumerics(options.Numerics);
        var file = TfLiteFile.Open(bytes);
        var metadata = file.ReadMetadata();
        var graph = TfLiteImporter.Import(file, Enum.Parse<TfLiteNumerics>(numerics, ignoreCase: true), options.Name, options.InputShapes, cancellation);
        return new ImportedModel
        {
            Graph = graph,
            Numerics = numerics,
            Description = metadata?.Description ?? "",
            Labels = metadata?.Outputs.Select(o => o?.AxisLabels).FirstOrDefault(l => l is not null) ?? metadata?.Outputs.Select(o => o?.ValueLabels).FirstOrDefault(l => l is not null) ?? [],
            Images = metadata is null ? [] : [.. Images(file, metadata)],
            InputDescriptions = metadata is null ? [] : [.. metadata.Inputs.Select(i => i?.Description ?? "")],
            Remarks = metadata?.Remarks ?? [],
            OutputDescriptions = metadata is null ? [] : [.. metadata.Outputs.Select(o => o?.Description ?? "")],
        };
    }

    private static IEnumerable<ImageInputDescription> Images(TfLiteFile file, TfLiteMetadata metadata)
    {
        for (int i = 0; i < metadata.Inputs.Count; i++)
        {
            if (metadata.Inputs[i] is not { Image: { } image } input) continue;
            var color = image.ColorSpace == ColorSpaceType.GRAYSCALE ? ColorOrder.Gray : ColorOrder.Rgb;
            // TFLite's own task library gives uint8 inputs the pixels as they are; the normalisation in the metadata then only says how the scale came about.
            var normalization = file.Main.Inputs[i].Element == ElementType.U8 ? null : input.Normalization;
            yield return new ImageInputDescription(i, normalization?.Mean ?? [], normalization?.Std ?? [], (byte)color, (byte)ResizeMode.Stretch);
        }
    }
}
