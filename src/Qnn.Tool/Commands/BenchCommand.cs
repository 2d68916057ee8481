using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Qnn.Runtime;
using Qnn.Tool.Inputs;
using Qnn.Tool.Output;

namespace Qnn.Tool.Commands;

/// <summary><c>qnn bench</c>: how long a call takes, and where the time goes.</summary>
internal static class BenchCommand
{
    // Unless said: long enough that .NET has compiled the kernels that run again with what it learned, twice, each time a tenth of a second after some thirty calls.
    private const int WarmupCalls = 20;
    private static readonly TimeSpan s_warmupTime = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var command = new Command("bench", "Measure a model's latency on synthetic inputs.");
        var arguments = new ModelArguments().AddModel(command).AddExecution(command).AddJson(command);
        var warmup = new Option<int?>("--warmup") { HelpName = "N", Description = $"Calls before the first measurement; unless said, {WarmupCalls} and as many as a second takes." };
        var repeat = new Option<int>("--repeat") { HelpName = "N", DefaultValueFactory = _ => 100, Description = "Calls measured, one by one." };
        var profile = new Option<bool>("--profile") { Description = "Also the time of every operator." };
        command.Add(warmup);
        command.Add(repeat);
        command.Add(profile);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(arguments, parsed, parsed.GetValue(warmup), parsed.GetValue(repeat), parsed.GetValue(profile), cancellation), cancellation));
        return command;
    }

    private static int Run(ModelArguments arguments, ParseResult parsed, int? warmup, int repeat, bool profile, CancellationToken cancellation)
    {
        if (warmup < 0) throw ErrorReport.Option($"--warmup {warmup}: it must be 0 or more.");
        if (repeat < 1) throw ErrorReport.Option($"--repeat {repeat}: it must be 1 or more.");
        var options = arguments.Execution(parsed);
        using var loaded = arguments.Open(parsed, cancellation);
        var results = new List<Result>();
        foreach (var set in loaded.Model.ShapeSets)
        {
            using var session = set.CreateSession(options);
            SyntheticInputs.Fill(session);
            int warmed = WarmUp(session, warmup, cancellation);
            var measurement = Measure(session, repeat, cancellation);
            // Reading the clock at every step costs time, so the profile has runs of its own.
            results.Add(new Result(session, warmed, measurement, profile ? Profile(set, options, warmup, repeat, cancellation) : null));
        }
        if (arguments.Json(parsed)) PrintJson(loaded, results, repeat);
        else results.ForEach(result => PrintText(result.Session, result.Measurement, repeat, result.Steps));
        return ErrorReport.Success;
    }

    // What was measured of one shape set.
    private sealed record Result(InferenceSession Session, int Warmup, Measurement Measurement, IReadOnlyList<StepProfile>? Steps);

    // How many calls it took.
    private static int WarmUp(InferenceSession session, int? calls, CancellationToken cancellation) => Progress.Spin("Warming up", () =>
    {
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        for (; calls is { } wanted ? done < wanted : done < WarmupCalls || Stopwatch.GetElapsedTime(start) < s_warmupTime; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            session.Run();
        }
        return done;
    });

    private static Measurement Measure(InferenceSession session, int repeat, CancellationToken cancellation)
    {
        var milliseconds = new double[repeat];
        Progress.Count("Measuring", repeat, done =>
        {
            for (int i = 0; i < repeat; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                long start = Stopwatch.GetTimestamp();
                session.Run();
                milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                done();
            }
        });
        return new Measurement(milliseconds);
    }

    private static IReadOnlyList<StepProfile> Profile(QuantizedModel model, InferenceOptions options, int? warmup, int repeat, CancellationToken cancellation)
    {
        using var session = model.CreateSession(options with { Profile = true });
        SyntheticInputs.Fill(session);
        WarmUp(session, warmup, cancellation);
        session.ResetProfile();
        Measure(session, repeat, cancellation);
        return session.Profile();
    }

    private static void PrintJson(LoadedModel loaded, List<Result> results, int repeat) => Json.Print(json =>
    {
        Json.WriteIdentity(json, loaded.Model);
        json.WriteString("kernels", results[0].Session.Kernels.Name());
        json.WriteNumber("threads", results[0].Session.Threads);
        json.WriteNumber("warmup", results[0].Warmup);
        json.WriteNumber("repeat", repeat);
        if (loaded.Compiled is { } compiled) Json.WriteReal(json, "compile_ms", compiled.Elapsed.TotalMilliseconds);
        WriteResult(json, results[0]);
        if (results.Count == 1) return;
        json.WriteStartArray("shape_sets");
        foreach (var result in results)
        {
            json.WriteStartObject();
            Json.WriteTensors(json, "inputs", result.Session.Model.Inputs);
            WriteResult(json, result);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static void WriteResult(Utf8JsonWriter json, Result result)
    {
        var (session, _, measurement, steps) = result;
        Json.WriteReal(json, "min_ms", measurement.Minimum);
        Json.WriteReal(json, "median_ms", measurement.Median);
        Json.WriteReal(json, "mean_ms", measurement.Mean);
        Json.WriteReal(json, "p90_ms", measurement.Percentile(90));
        Json.WriteReal(json, "p99_ms", measurement.Percentile(99));
        json.WriteNumber("multiply_adds", session.Model.MultiplyAdds);
        json.WriteNumber("artifact_bytes", session.Model.ArtifactBytes);
        json.WriteNumber("arena_bytes", session.Model.ArenaBytes);
        if (steps is null) return;
        json.WriteStartArray("operators");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("operator", step.Operator);
            json.WriteString("name", step.Name);
            json.WriteString("kernel", step.Kernel);
            json.WriteNumber("multiply_adds", step.MultiplyAdds);
            Json.WriteReal(json, "milliseconds", step.Milliseconds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void PrintText(InferenceSession session, Measurement measurement, int repeat, IReadOnlyList<StepProfile>? steps)
    {
        string inputs = session.Model.ShapeSets.Count > 1 ? $" ({ModelText.Inputs(session.Model)})" : "";
        Console.WriteLine($"{session.Model.Name}{inputs}: kernels {session.Kernels.Name()}, {session.Threads} thread(s), {repeat} calls");
        Console.WriteLine($"  min {ModelText.Milliseconds(measurement.Minimum)}  median {ModelText.Milliseconds(measurement.Median)}  p90 {ModelText.Milliseconds(measurement.Percentile(90))}  p99 {ModelText.Milliseconds(measurement.Percentile(99))}");
        if (steps is null) return;
        double total = Math.Max(steps.Sum(s => s.Milliseconds), double.Epsilon);
        var table = new TextTable("operator", "kernel", "ms", "share", "G mul-add/s", "name") { Numbers = [2, 3, 4] };
        foreach (var step in steps)
        {
            string rate = step.MultiplyAdds > 0 && step.Milliseconds > 0 ? (step.MultiplyAdds / step.Milliseconds / 1e6).ToString("F1", CultureInfo.InvariantCulture) : "";
            table.Add(step.Operator, step.Kernel, step.Milliseconds.ToString("F4", CultureInfo.InvariantCulture), (step.Milliseconds / total).ToString("P1", CultureInfo.InvariantCulture), rate, step.Name);
        }
        Console.WriteLine();
        table.Write(Console.Out);
    }
}
