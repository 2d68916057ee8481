using System.CommandLine;
using System.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Runtime;
using Qnn.Tool.Inputs;
using Qnn.Tool.Output;

namespace Qnn.Tool.Commands;

/// <summary><c>qnn run</c>: one call on given inputs, its outputs to files.</summary>
internal static class RunCommand
{
    private const int TopCount = 5;

    public static Command Create()
    {
        var command = new Command("run", "Run a model once and write its outputs.");
        var arguments = new ModelArguments().AddModel(command).AddExecution(command).AddJson(command);
        var input = new Option<string[]>("--input", "-i") { HelpName = "[NAME=]FILE", Description = "An input: raw little-endian elements of the model's own type, or .npy. Once for each input." };
        var image = new Option<string?>("--image") { HelpName = "FILE", Description = "A picture for the model's image input: PPM, PGM, BMP, PNG, JPEG." };
        var outputDirectory = new Option<string?>("--output-dir", "-o") { HelpName = "DIR", Description = "Where output_0.bin, output_1.bin, ... go, in the model's output order." };
        command.Add(input);
        command.Add(image);
        command.Add(outputDirectory);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(arguments, parsed, parsed.GetValue(input) ?? [], parsed.GetValue(image), parsed.GetValue(outputDirectory), cancellation), cancellation));
        return command;
    }

    private static int Run(ModelArguments arguments, ParseResult parsed, string[] inputs, string? image, string? outputDirectory, CancellationToken cancellation)
    {
        if (image is not null && inputs.Length > 0) throw ErrorReport.Option("--input and --image exclude each other.");
        var options = arguments.Execution(parsed);
        using var loaded = arguments.Open(parsed, cancellation);
        var model = image is null ? InputFiles.Choose(inputs, loaded.Model) : loaded.Model;
        using var session = model.CreateSession(options);
        if (image is not null) ImageFile.Load(image, session);
        else InputFiles.Load(inputs, session);
        long start = Stopwatch.GetTimestamp();
        session.Run();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        string[] files = [.. model.Outputs.Select((_, i) => $"output_{i}.bin")];
        if (outputDirectory is not null)
        {
            using var output = new OutputFiles();
            for (int i = 0; i < files.Length; i++)
            {
                files[i] = Path.Combine(outputDirectory, files[i]);
                output.Add(files[i], session.Output(i));
            }
            output.Commit();
        }
        var top = TopClasses.Of(session, TopCount);
        if (arguments.Json(parsed)) PrintJson(session, milliseconds, outputDirectory is null ? null : files, top);
        else PrintText(session, milliseconds, outputDirectory is null ? null : files, top);
        return ErrorReport.Success;
    }

    private static void PrintJson(InferenceSession session, double milliseconds, string[]? files, IReadOnlyList<ClassScore> top) => Json.Print(json =>
    {
        Json.WriteIdentity(json, session.Model);
        json.WriteString("kernels", session.Kernels.Name());
        json.WriteNumber("threads", session.Threads);
        Json.WriteReal(json, "milliseconds", milliseconds);
        Json.WriteTensors(json, "inputs", session.Model.Inputs);
        Json.WriteTensors(json, "outputs", session.Model.Outputs, i =>
        {
            if (session.Model.Outputs[i].VaryingAxis >= 0)
            {
                json.WriteStartArray("extents");
                foreach (int extent in session.OutputShape(i)) json.WriteNumberValue(extent);
                json.WriteEndArray();
            }
            if (files is not null) json.WriteString("file", files[i]);
        });
        if (top.Count == 0) return;
        json.WriteStartArray("top");
        foreach (var candidate in top)
        {
            json.WriteStartObject();
            json.WriteNumber("index", candidate.Index);
            json.WriteString("label", candidate.Label);
            Json.WriteReal(json, "score", candidate.Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static void PrintText(InferenceSession session, double milliseconds, string[]? files, IReadOnlyList<ClassScore> top)
    {
        Console.WriteLine($"{session.Model.Name}: {ModelText.Milliseconds(milliseconds)}, kernels {session.Kernels.Name()}, {session.Threads} thread(s)");
        for (int i = 0; i < session.Model.Outputs.Count; i++)
        {
            string extents = session.Model.Outputs[i].VaryingAxis < 0 ? "" : $", here {string.Join('x', session.OutputShape(i))}";
            Console.WriteLine($"  {session.Model.Outputs[i]}{extents}{(files is null ? "" : $" -> {files[i]}")}");
        }
        foreach (var candidate in top) Console.WriteLine($"  {candidate}");
    }
}
