namespace Qnn.Compiler.Import.TfLite.Metadata;

/// <summary>What the metadata says about an input or output.</summary>
internal sealed record TfLiteTensorMetadata
{
    /// <summary>A name for people: <c>image</c>, <c>probability</c>. Empty where none is given.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required string Description { get; init; }

    /// <summary>Its files, as named; see <see cref="AxisLabels"/> and <see cref="ValueLabels"/> for their contents.</summary>
    public required IReadOnlyList<TfLiteAssociatedFile> Files { get; init; }

    /// <summary>A name for each index of the last axis (the classes of a classifier); null without a file of labels.</summary>
    public IReadOnlyList<string>? AxisLabels { get; init; }

    /// <summary>A name for each value (the classes of a detector); null without a file of labels.</summary>
    public IReadOnlyList<string>? ValueLabels { get; init; }

    /// <summary>How values are normalised before the model: (x - mean) / std. Null where nothing is said.</summary>
    public TfLiteNormalization? Normalization { get; init; }

    /// <summary>What is known of it as an image; null where it is none.</summary>
    public TfLiteImage? Image { get; init; }

    /// <summary>How its numbers are boxes; null where they are none.</summary>
    public TfLiteBoundingBox? BoundingBox { get; init; }

    /// <summary>The score below which results are best left out; null where none is given.</summary>
    public float? ScoreThreshold { get; init; }

    /// <summary>The function and the default of a calibration of scores; null where there is none.</summary>
    public (Schema.ScoreTransformationType Transformation, float DefaultScore)? ScoreCalibration { get; init; }

    /// <summary>The first and last axis that the content takes up; null for all but the batch.</summary>
    public (int First, int Last)? ContentAxes { get; init; }

    /// <summary>The least values, one or one a channel; empty where nothing is said.</summary>
    public IReadOnlyList<float> Min { get; init; } = [];

    /// <summary>The greatest values, one or one a channel; empty where nothing is said.</summary>
    public IReadOnlyList<float> Max { get; init; } = [];
}

/// <summary>A file that the metadata names; an entry of the archive behind the model.</summary>
/// <param name="Name">The entry's name. Never a path of the machine.</param>
/// <param name="Description">What it is.</param>
/// <param name="Type">What it is for.</param>
/// <param name="Locale">Its language, as <c>en</c>; mostly empty.</param>
internal sealed record TfLiteAssociatedFile(string Name, string Description, Schema.AssociatedFileType Type, string Locale);

/// <summary>(x - mean) / std, each one value or one a channel; finite, std not 0.</summary>
internal sealed record TfLiteNormalization(IReadOnlyList<float> Mean, IReadOnlyList<float> Std);

/// <summary>Colour space and size of an image; a size of 0 is not known.</summary>
internal sealed record TfLiteImage(Schema.ColorSpaceType ColorSpace, int Width, int Height);

/// <summary>Boxes: what their numbers are, in what unit, and where in the last axis each of the four stands.</summary>
internal sealed record TfLiteBoundingBox(Schema.BoundingBoxType Type, Schema.CoordinateType Coordinates, IReadOnlyList<int> Order);
