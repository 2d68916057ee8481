using Qnn.Compiler;
using Qnn.Compiler.Validation;
using Qnn.Runtime;
using Qnn.Testing;
using GoldenCase = Qnn.Testing.GoldenCase;

namespace Qnn.Conformance.Tests;

/// <summary>
/// Every test model, compiled once for each of its framework's kernel sets, answers as the framework did: every case, on every kernel tier of this process,
/// with 1, 2 and 5 threads.
/// </summary>
public sealed class ConformanceTests(ConformanceReport report) : IClassFixture<ConformanceReport>
{
    // Beyond this many multiply-adds the scalar kernels, which are slow on purpose, run the first case only.
    private const long LargeModel = 50_000_000;

    private static readonly int[] s_threads = [2, 5];

    // A format that the compiler learns to read is added here, its default kernel set first.
    private static readonly (string Format, string[] Numerics)[] s_formats = [("tflite", ["builtin", "reference", "xnnpack"]), ("torchscript", ["fbgemm", "fbgemm-saturating", "qnnpack", "onednn", "x86"]), ("onnx", ["onnxruntime"]), ("mxnet", ["mxnet"])];

    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (format, numerics) in s_formats)
            {
                foreach (string name in TestModels.Names(format).DefaultIfEmpty("").Concat(TestModels.OwnNames(format)))
                {
                    foreach (string set in numerics.Where(n => name.Length == 0 || n == numerics[0] || Recordings.Has(format, name, n))) rows.Add(format, name, set);
                }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void AnswersAsTheFramework(string format, string name, string numerics)
    {
        Assert.SkipWhen(name.Length == 0, TestModels.MissingReason);
        var test = TestModels.Open(format, name);
        int outputs = test.Golden.Cases.Sum(c => c.Outputs.Count);
        int identical = 0;
        try
        {
            foreach (var cases in test.Golden.Cases.GroupBy(test.InputShapesOf))
            {
                var result = ModelCompiler.Compile(new CompileOptions { ModelPath = test.ModelPath, Params = test.ParamsPath, InputShapes = cases.Key, Name = name, Numerics = numerics }, TestContext.Current.CancellationToken);
                if (KnownUnsupported.Reasons.TryGetValue($"{format}/{name}", out string? reason))
                {
                    Assert.False(result.Success, $"{format}/{name} is listed as unsupported, but compiles.");
                    Assert.Skip(reason);
                }
                Assert.True(result.Success, string.Join('\n', result.Diagnostics));
                using var model = QuantizedModel.LoadTrusted(result.Model!.Artifact);
                Check(test, [.. cases], model, numerics, ref identical);
            }
        }
        finally
        {
            report.Add(format, $"{format}/{name} {numerics}", identical, outputs);
        }
    }

    /// <summary>Runs everything, and counts the outputs that are identical to the recorded ones.</summary>
    private static void Check(TestModel test, GoldenCase[] recorded, QuantizedModel model, string numerics, ref int identical)
    {
        var faults = new List<string>();
        var first = new Dictionary<GoldenCase, byte[][]>();
        double tolerance = Tolerance.Of(test.Golden.Name, numerics);
        int equal = 0;
        foreach (var tier in KernelTiers.Available)
        {
            bool short1 = tier == KernelTier.Scalar && model.MultiplyAdds > LargeModel;
            var cases = short1 ? recorded[..1] : recorded;
            // One thread each: the cases side by side.
            var answers = cases.AsParallel().AsOrdered().Select(c => Run(test, model, c, tier, 1)).ToArray();
            for (int c = 0; c < cases.Length; c++) Judge(cases[c], answers[c], $"{tier.Name()}, 1 thread");
            foreach (int threads in s_threads)
            {
                foreach (var golden in short1 && threads > 2 ? [] : cases) Judge(golden, Run(test, model, golden, tier, threads), $"{tier.Name()}, {threads} threads");
            }
        }
        identical += equal;
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));

        void Judge(GoldenCase golden, byte[][] answer, string how)
        {
            if (first.TryGetValue(golden, out byte[][]? known))
            {
                for (int o = 0; o < answer.Length; o++)
                {
                    if (!answer[o].AsSpan().SequenceEqual(known[o])) faults.Add($"{how}: differs from {KernelTiers.Available[0].Name()}, 1 thread: {GoldenValidator.Compare(golden.Name, model.Outputs[o], answer[o], known[o])}");
                }
                return;
            }
            first[golden] = answer;
            for (int o = 0; o < answer.Length; o++)
            {
                byte[] expected = test.ReadOutput(golden.Outputs[o], DisputedRecording.Includes(test.Golden.Name, golden.Name) ? null : Recordings.Of(numerics));
                if (expected.Length != answer[o].Length)
                {
                    faults.Add($"{how}: case '{golden.Name}', output {o} has {answer[o].Length} bytes, {expected.Length} are recorded");
                    continue;
                }
                var comparison = GoldenValidator.Compare(golden.Name, model.Outputs[o], answer[o], expected, tolerance);
                if (comparison.Different == 0) equal++;
                if (!comparison.Passed) faults.Add($"{how}: {comparison}");
            }
        }
    }

    private static byte[][] Run(TestModel test, QuantizedModel model, GoldenCase golden, KernelTier tier, int threads)
    {
        using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
        Assert.Equal(golden.Inputs.Count, model.Inputs.Count);
        Assert.Equal(golden.Outputs.Count, model.Outputs.Count);
        for (int i = 0; i < golden.Inputs.Count; i++)
        {
            byte[] input = test.ReadInput(golden.Inputs[i]);
            Assert.Equal(golden.Inputs[i].Shape, model.Inputs[i].Shape);
            Assert.Equal(input.Length, session.Input(i).Length);
            input.CopyTo(session.Input(i));
        }
        session.Run();
        return [.. Enumerable.Range(0, model.Outputs.Count).Select(o => session.Output(o).ToArray())];
    }
}
