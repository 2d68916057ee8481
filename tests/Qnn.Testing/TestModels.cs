namespace Qnn.Testing;

/// <summary>
/// The folder of test models with recorded answers: <c>QNN_TEST_MODELS</c>, or <c>../shared/models</c> beside the repository.
/// It is not part of the repository, so a test that needs it begins with
/// <c>Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);</c>
/// </summary>
public static class TestModels
{
    /// <summary>Why a test is skipped where the folder is missing.</summary>
    public const string MissingReason = "The test models are not there; set QNN_TEST_MODELS to their folder.";

    /// <summary>The folder; null where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The root of the repository.</summary>
    public static string RepositoryRoot { get; } = FindRepository() ?? throw new DirectoryNotFoundException("Tests must run inside the repository.");

    /// <summary>The names of the models of a format (<c>tflite</c>, <c>onnx</c>, <c>torchscript</c>, <c>mxnet</c>), sorted; none where the folder is missing.</summary>
    public static IReadOnlyList<string> Names(string format) =>
        Root is { } root && Directory.Exists(Path.Combine(root, format))
            ? [.. Directory.EnumerateDirectories(Path.Combine(root, format)).Where(d => File.Exists(Path.Combine(d, "golden.json"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The names as rows of a theory: <c>[MemberData(nameof(Rows))]</c>. One row with an empty name where the folder is missing, so that the theory can skip.</summary>
    public static IEnumerable<object[]> Rows(string format) => Names(format) is { Count: > 0 } names ? names.Select(n => new object[] { n }) : [[""]];

    /// <summary>Opens a model's folder.</summary>
    public static TestModel Open(string format, string name) => Directory.Exists(Path.Combine(Own(format), name)) ? new(Path.Combine(Own(format), name)) : new(Path.Combine(Root ?? throw new DirectoryNotFoundException(MissingReason), format, name));

    /// <summary>The names of the models of a format that the repository has, in tests/models.</summary>
    public static IReadOnlyList<string> OwnNames(string format) =>
        Directory.Exists(Own(format)) ? [.. Directory.EnumerateDirectories(Own(format)).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)] : [];

    private static string Own(string format) => Path.Combine(RepositoryRoot, "tests", "models", format);

    private static string? Find()
    {
        string? folder = Environment.GetEnvironmentVariable("QNN_TEST_MODELS");
        if (string.IsNullOrEmpty(folder)) folder = FindRepository() is { } repository ? Path.Combine(repository, "..", "shared", "models") : null;
        return folder is not null && Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    private static string? FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Qnn.Sdk.sln"))) return folder.FullName;
        }
        return null;
    }
}
