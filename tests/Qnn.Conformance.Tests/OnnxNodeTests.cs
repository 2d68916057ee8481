using Qnn.Testing;

namespace Qnn.Conformance.Tests;

/// <summary>ONNX's backend node tests, from Debian's package libonnx-testdata: every operator that is supported answers as its definition says. <c>artifacts/onnx-node-tests.txt</c> lists the rest.</summary>
public sealed class OnnxNodeTests
{
    private const string Folder = "/usr/share/libonnx-testdata/data/node";
    private const int LeastPassed = 500;

    private static readonly HashSet<string> s_quantization =
    [
        "qlinearconv", "qlinearmatmul_2D", "qlinearmatmul_3D", "basic_convinteger", "convinteger_with_padding", "convinteger_without_padding", "matmulinteger", "quantizelinear", "quantizelinear_axis", "dequantizelinear", "dequantizelinear_axis",
        "dynamicquantizelinear", "dynamicquantizelinear_max_adjusted", "dynamicquantizelinear_min_adjusted",
        "dynamicquantizelinear_expanded", "dynamicquantizelinear_max_adjusted_expanded", "dynamicquantizelinear_min_adjusted_expanded",
    ];

    // The suite's own reference is not followed here.
    private static readonly Dictionary<string, string> s_differing = new()
    {
        ["resize_downsample_scales_linear_align_corners"] = "The suite aligns corners to an extent that is no integer; ONNX Runtime, and so we, to the result's.",
        ["resize_downsample_scales_cubic_align_corners"] = "As the linear one.",
        ["dft"] = "Sums that are 0 exactly are rounding errors of single precision in ONNX Runtime, and so here, bit for bit.",
        ["dft_axis"] = "As dft.",
        ["dft_inverse"] = "As dft.",
        ["stft"] = "As dft.",
        ["stft_with_window"] = "As dft.",
        ["maxunpool_export_with_output_shape"] = "The suite takes places in the shape that follows from the windows; ONNX Runtime, and so we, in the stated one.",
    };

    [Fact]
    public void SupportedOperatorsAnswerAsDefined()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "ONNX's node tests are missing: apt install libonnx-testdata");
        string scratch = Directory.CreateTempSubdirectory("qnn-onnx-").FullName;
        try
        {
            var cancellation = TestContext.Current.CancellationToken;
            var results = Directory.EnumerateDirectories(Folder, "test_*").Order(StringComparer.Ordinal).AsParallel().AsOrdered()
                .Select(folder => (Name: Path.GetFileName(folder)["test_".Length..], Result: Run(folder, scratch, cancellation))).ToArray();
            Report(results);
            string[] failed = [.. results.Where(r => r.Result.Outcome == NodeOutcome.Failed && !s_differing.ContainsKey(r.Name)).Select(r => $"{r.Name}: {r.Result.Reason}")];
            Assert.True(failed.Length == 0, string.Join('\n', failed));
            var passed = results.Where(r => r.Result.Outcome == NodeOutcome.Passed).Select(r => r.Name).ToHashSet();
            Assert.Subset(passed, s_quantization);
            Assert.True(passed.Count >= LeastPassed, $"{passed.Count} passed");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>The same models with flipped bits: whatever the operator, they compile or are rejected by a diagnostic, soon.</summary>
    [Fact]
    public void DamagedModelsAreRejected()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "ONNX's node tests are missing: apt install libonnx-testdata");
        string scratch = Directory.CreateTempSubdirectory("qnn-onnx-").FullName;
        try
        {
            var cancellation = TestContext.Current.CancellationToken;
            string[] faults = [.. Directory.EnumerateDirectories(Folder, "test_*").Order(StringComparer.Ordinal).AsParallel().SelectMany(folder => new OnnxNodeCase(folder).Damaged(scratch, 4, cancellation))];
            Assert.True(faults.Length == 0, string.Join('\n', faults));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static (NodeOutcome Outcome, string Reason) Run(string folder, string scratch, CancellationToken cancellation)
    {
        try
        {
            return new OnnxNodeCase(folder).Run(scratch, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return (NodeOutcome.Failed, fault.ToString());
        }
    }

    private static void Report((string Name, (NodeOutcome Outcome, string Reason) Result)[] results)
    {
        string summary = $"ONNX node tests: {string.Join(", ", Enum.GetValues<NodeOutcome>().Select(o => $"{results.Count(r => r.Result.Outcome == o)} {o.ToString().ToLowerInvariant()}"))} of {results.Length}";
        Console.WriteLine(summary);
        var lines = results.Where(r => r.Result.Outcome != NodeOutcome.Passed).OrderByDescending(r => r.Result.Outcome).Select(r => $"  {r.Result.Outcome} {r.Name}: {r.Result.Reason.ReplaceLineEndings(" ")}");
        File.WriteAllLines(Path.Combine(TestModels.RepositoryRoot, "artifacts", "onnx-node-tests.txt"), lines.Prepend(summary));
    }
}
