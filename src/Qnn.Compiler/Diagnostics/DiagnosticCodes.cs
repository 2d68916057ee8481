namespace Qnn.Compiler.Diagnostics;

/// <summary>
/// All diagnostic codes: QNN0xxx usage, QNN1xxx import, QNN2xxx lowering and support, QNN3xxx validation and budgets.
/// A code's meaning never changes. Each has a section in DIAGNOSTICS.md; a test keeps the two in step.
/// </summary>
public static class DiagnosticCodes
{
    /// <summary>An option's value is unknown or malformed.</summary>
    public const string InvalidOption = "QNN0001";
    /// <summary>The target CPU is unknown.</summary>
    public const string UnknownTarget = "QNN0002";
    /// <summary>Two models want the same class name.</summary>
    public const string DuplicateClass = "QNN0003";
    /// <summary>Qnn.Runtime is not referenced, or of another version.</summary>
    public const string RuntimeMissing = "QNN0004";
    /// <summary>MSBuild is too old.</summary>
    public const string HostTooOld = "QNN0005";
    /// <summary>The label file does not fit the model.</summary>
    public const string LabelMismatch = "QNN0006";
    /// <summary>A tensor or image file does not fit the model's input.</summary>
    public const string InputMismatch = "QNN0007";
    /// <summary>A result cannot be written.</summary>
    public const string CannotWrite = "QNN0008";
    /// <summary>Metadata of an item is probably misspelled.</summary>
    public const string UnknownMetadata = "QNN0009";
    /// <summary>A class has the name of the namespace around it.</summary>
    public const string HiddenClass = "QNN0010";
    /// <summary>The project's language or target framework cannot use a model.</summary>
    public const string UnsupportedProject = "QNN0011";
    /// <summary>The compiler itself failed: a bug of ours.</summary>
    public const string InternalError = "QNN0099";

    /// <summary>The model file does not exist or cannot be read.</summary>
    public const string FileNotFound = "QNN1001";
    /// <summary>The file's format is not one that the importer knows.</summary>
    public const string UnknownFormat = "QNN1002";
    /// <summary>The file is damaged or truncated.</summary>
    public const string DamagedFile = "QNN1003";
    /// <summary>The file's format version is not supported.</summary>
    public const string UnsupportedVersion = "QNN1004";
    /// <summary>The model contradicts itself: indices, shapes, types.</summary>
    public const string InconsistentModel = "QNN1005";
    /// <summary>A shape stays open; InputShapes would bind it.</summary>
    public const string OpenShape = "QNN1006";
    /// <summary>The model is beyond a size limit.</summary>
    public const string TooLarge = "QNN1007";
    /// <summary>Something in the model's metadata does not fit the model and is not used.</summary>
    public const string MetadataIgnored = "QNN1008";

    /// <summary>Operators that are not supported, all of a model in one diagnostic.</summary>
    public const string UnsupportedOperator = "QNN2001";
    /// <summary>An operator is supported, but not with these types, attributes or shapes.</summary>
    public const string UnsupportedForm = "QNN2002";

    /// <summary>The compiled model's outputs differ from the golden ones.</summary>
    public const string GoldenMismatch = "QNN3001";
    /// <summary>The golden folder is missing or malformed.</summary>
    public const string GoldenInvalid = "QNN3002";
    /// <summary>The artifact is over MaxArtifactBytes.</summary>
    public const string ArtifactBudget = "QNN3003";
    /// <summary>The activations are over MaxArenaBytes.</summary>
    public const string ArenaBudget = "QNN3004";
    /// <summary>The multiply-adds are over MaxMacs.</summary>
    public const string MacBudget = "QNN3005";
}
