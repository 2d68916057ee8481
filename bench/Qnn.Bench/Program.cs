using System.CommandLine;
using System.Globalization;
using Qnn.Runtime;
using Qnn.Testing;

namespace Qnn.Bench;

/// <summary>
/// Measures the compiled models of bench/RESULTS.md beside ONNX Runtime and PyTorch: <c>dotnet run -c Release --project bench/Qnn.Bench</c>.
/// Prints Markdown; <c>--output</c> writes it too.
/// </summary>
internal static class Program
{
    private static readonly int[] s_threads = [1, 2];

    private static readonly (string Title, string Folder)[] s_onnx =
    [
        ("ONNX Runtime, uint8 per tensor (QOperator)", "onnx_mobilenet_v2_qop_pertensor_u8"),
        ("ONNX Runtime, per channel (QOperator)", "onnx_mobilenet_v2_qop_perchannel"),
        ("ONNX Runtime, per channel (QDQ)", "onnx_mobilenet_v2_qdq_perchannel"),
    ];

    private static int Main(string[] args)
    {
        if (args is [ColdStart.QnnCommand or ColdStart.OnnxCommand, var path]) return ColdStart.Answer(args[0], path);
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 60, Description = "Turns of each contender, five measured calls in each." };
        var filter = new Option<string>("--models") { DefaultValueFactory = _ => "", Description = "Only models whose title or folder holds this text." };
        var kernels = new Option<string>("--kernels") { DefaultValueFactory = _ => "auto", Description = "Kernels of the compiled models." };
        var noOnnx = new Option<bool>("--no-onnx") { Description = "Without ONNX Runtime." };
        var noCold = new Option<bool>("--no-cold") { Description = "Without cold starts." };
        var profile = new Option<bool>("--profile") { Description = "Instead of the tables, the time of every layer." };
        var files = new Option<string?>("--onnx") { Description = "Instead of the tables, each .onnx file of this folder beside ONNX Runtime (bench/models writes some)." };
        var torch = new Option<string?>("--torch") { Description = "Instead of the tables, each .pt file of this folder, and MobileNetV2, beside PyTorch and beside ONNX Runtime on NAME_q*.onnx (bench/models writes both)." };
        var shapes = new Option<string>("--shapes") { DefaultValueFactory = _ => "1x3x224x224", Description = "With --torch: the shapes of the files' inputs." };
        var python = new Option<string?>("--python") { Description = "With --torch: the interpreter that has PyTorch." };
        var output = new Option<string?>("--output") { Description = "Also write the Markdown to this file." };
        var root = new RootCommand("Measures compiled models beside ONNX Runtime and PyTorch.") { rounds, filter, kernels, noOnnx, noCold, profile, files, torch, shapes, python, output };
        root.SetAction(parsed =>
        {
            if (TestModels.Root is null && parsed.GetValue(files) is null && parsed.GetValue(torch) is null)
            {
                Console.Error.WriteLine(TestModels.MissingReason);
                return 1;
            }
            string folder = Directory.CreateTempSubdirectory("qnn-bench-").FullName;
            try
            {
                string wanted = parsed.GetRequiredValue(filter);
                var options = new InferenceOptions { Kernels = KernelTiers.Parse(parsed.GetRequiredValue(kernels)) };
                var report = new Report();
                bool Wanted(string name) => name.Contains(wanted, StringComparison.OrdinalIgnoreCase);
                if (parsed.GetValue(torch) is { } networks)
                {
                    new TorchRace(report, options, parsed.GetValue(rounds), parsed.GetValue(python)).Run(networks, parsed.GetRequiredValue(shapes), folder, Wanted);
                    return Finish(report, parsed.GetValue(output));
                }
                BenchModel[] models = parsed.GetValue(files) is { } source
                    ? [.. Directory.GetFiles(source, "*.onnx").Order(StringComparer.Ordinal).Where(f => Wanted(Path.GetFileName(f))).Select(f => BenchModel.CompileFile(f, folder))]
                    : [.. BenchModel.All.Where(m => Wanted($"{m.Title} {m.Folder}")).Select(m => BenchModel.Compile(m.Title, m.Format, m.Folder, folder))];
                if (parsed.GetValue(files) is not null && !parsed.GetValue(profile)) CompareFiles(report, models, options, parsed.GetValue(rounds));
                else if (parsed.GetValue(profile)) ProfileLayers(report, models, options, parsed.GetValue(rounds));
                else Compare(report, models, options, parsed.GetValue(rounds), !parsed.GetValue(noOnnx), !parsed.GetValue(noCold));
                return Finish(report, parsed.GetValue(output));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return root.Parse(args).Invoke();
    }

    private static int Finish(Report report, string? file)
    {
        Console.Write(report);
        if (file is not null) File.WriteAllText(file, report.ToString());
        return 0;
    }

    private static void Compare(Report report, BenchModel[] models, InferenceOptions options, int rounds, bool onnx, bool cold)
    {
        report.Line($"Machine: {Machine.Describe()}.");
        report.Line();
        report.Head("Qnn.Sdk", "M mul-adds", "1 thread min, ms", "1 thread median", "2 threads min", "2 threads median", "cold start, ms", "peak memory, MB", "artifact, MB", "activations, MB", "compile, ms");
        foreach (var model in models)
        {
            var contenders = s_threads.Select(t => (Contender)new QnnContender(model.Title, model.Artifact, options with { Threads = t })).ToArray();
            Race.Run(contenders, rounds);
            var start = cold ? ColdStart.Measure(ColdStart.QnnCommand, model.Artifact) : null;
            report.Row(
                model.Title, Report.Millions(model.MultiplyAdds), Report.Milliseconds(contenders[0].Minimum), Report.Milliseconds(contenders[0].Median), Report.Milliseconds(contenders[1].Minimum), Report.Milliseconds(contenders[1].Median),
                start is null ? "" : Report.Milliseconds(start.Milliseconds), start is null ? "" : Report.Millions(start.PeakBytes), Report.Millions(model.ArtifactBytes), Report.Millions(model.ArenaBytes), Report.Milliseconds(model.CompileMilliseconds));
            foreach (var contender in contenders) contender.Dispose();
        }
        if (onnx) CompareWithOnnx(report, [.. models.Where(m => m.Title.StartsWith("MobileNetV2", StringComparison.Ordinal))], options, rounds, cold);
    }

    private static void CompareWithOnnx(Report report, BenchModel[] models, InferenceOptions options, int rounds, bool cold)
    {
        var others = s_onnx.Where(o => TestModels.Names("onnx").Contains(o.Folder)).Select(o => (o.Title, TestModels.Open("onnx", o.Folder).ModelPath)).ToArray();
        if (models.Length == 0 || others.Length == 0) return;
        report.Line();
        report.Head("MobileNetV2 1.0/224, by turns in one process", "1 thread min, ms", "1 thread median", "2 threads min", "2 threads median", "ratio of medians, 1 thread", "2 threads", "cold start, ms", "peak memory, MB");
        var rows = new List<(string Title, Contender[] Runs, ColdStart? Cold)>();
        foreach (int threads in s_threads)
        {
            var contenders = models.Select(m => (Contender)new QnnContender($"Qnn.Sdk, {m.Title.Split(' ')[^1]}", m.Artifact, options with { Threads = threads }))
                .Concat(others.Select(o => new OnnxContender(o.Title, o.ModelPath, threads))).ToArray();
            Race.Run(contenders, rounds);
            for (int i = 0; i < contenders.Length; i++)
            {
                if (rows.Count <= i) rows.Add((contenders[i].Name, [contenders[i]], null));
                else rows[i] = rows[i] with { Runs = [.. rows[i].Runs, contenders[i]] };
            }
            foreach (var contender in contenders) contender.Dispose();
        }
        for (int i = 0; i < rows.Count; i++)
        {
            var (title, runs, _) = rows[i];
            var start = !cold ? null : i < models.Length ? ColdStart.Measure(ColdStart.QnnCommand, models[i].Artifact) : ColdStart.Measure(ColdStart.OnnxCommand, others[i - models.Length].ModelPath);
            report.Row(
                title, Report.Milliseconds(runs[0].Minimum), Report.Milliseconds(runs[0].Median), Report.Milliseconds(runs[1].Minimum), Report.Milliseconds(runs[1].Median),
                Report.Ratio(runs[0].Median / rows[0].Runs[0].Median), Report.Ratio(runs[1].Median / rows[0].Runs[1].Median),
                start is null ? "" : Report.Milliseconds(start.Milliseconds), start is null ? "" : Report.Millions(start.PeakBytes));
        }
    }

    /// <summary>Models whose titles are ONNX files, each beside ONNX Runtime on the same file.</summary>
    private static void CompareFiles(Report report, BenchModel[] models, InferenceOptions options, int rounds)
    {
        report.Line($"Machine: {Machine.Describe()}.");
        report.Line();
        report.Head("same file, by turns in one process", "M mul-adds", "threads", "Qnn.Sdk min, ms", "median", "ONNX Runtime min, ms", "median", "ratio of minima", "of medians");
        foreach (var model in models)
        {
            foreach (int threads in s_threads)
            {
                using var ours = new QnnContender(model.Title, model.Artifact, options with { Threads = threads });
                using var theirs = new OnnxContender(model.Title, model.Title, threads);
                Race.Run([ours, theirs], rounds);
                report.Row(
                    Path.GetFileNameWithoutExtension(model.Title), Report.Millions(model.MultiplyAdds), $"{threads}", Report.Milliseconds(ours.Minimum), Report.Milliseconds(ours.Median), Report.Milliseconds(theirs.Minimum), Report.Milliseconds(theirs.Median),
                    Report.Ratio(ours.Minimum / theirs.Minimum), Report.Ratio(ours.Median / theirs.Median));
            }
        }
    }

    private static void ProfileLayers(Report report, BenchModel[] models, InferenceOptions options, int rounds)
    {
        double? limit = VnniLimit.Measure();
        report.Line($"Machine: {Machine.Describe()}. {(limit is null ? "" : $"Its limit: {limit / 1e9:F0} G multiply-adds a second by vpdpbusd on 512 bits.")}");
        report.Line();
        foreach (var model in models)
        {
            using var contender = new QnnContender(model.Title, model.Artifact, options with { Threads = 1, Profile = true });
            Race.Run([contender], rounds);
            // What .NET compiled on the way is no part of it.
            contender.Session.ResetProfile();
            Race.Run([contender], rounds);
            var steps = contender.Session.Profile();
            double total = steps.Sum(s => s.Milliseconds);
            report.Line($"## {model.Title}: {Report.Milliseconds(total)} ms");
            report.Line();
            report.Head("layer", "operator", "kernel", "ms", "share of the time", "M mul-adds", "G mul-adds/s", "of the limit");
            foreach (var step in steps)
            {
                report.Row(
                    step.Name, step.Operator, step.Kernel, step.Milliseconds.ToString("F4", CultureInfo.InvariantCulture), (step.Milliseconds / total).ToString("P1", CultureInfo.InvariantCulture),
                    step.MultiplyAdds == 0 ? "" : Report.Millions(step.MultiplyAdds),
                    step.MultiplyAdds == 0 ? "" : (step.MultiplyAdds / step.Milliseconds / 1e6).ToString("F1", CultureInfo.InvariantCulture),
                    step.MultiplyAdds == 0 || limit is null ? "" : Report.Ratio(step.MultiplyAdds / step.Milliseconds * 1e3 / limit.Value));
            }
            report.Line();
        }
    }
}
