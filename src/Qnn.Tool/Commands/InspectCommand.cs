using System.CommandLine;
using System.Globalization;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Tool.Output;

namespace Qnn.Tool.Commands;

/// <summary><c>qnn inspect</c>: what a model takes, gives and is made of.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var command = new Command("inspect", "Show a model's inputs, outputs, operators and sizes.");
        var arguments = new ModelArguments().AddModel(command).AddJson(command);
        var ir = new Option<bool>("--ir") { Description = "Also the graph after all passes, as text." };
        command.Add(ir);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(arguments, parsed, parsed.GetValue(ir), cancellation), cancellation));
        return command;
    }

    private static int Run(ModelArguments arguments, ParseResult parsed, bool ir, CancellationToken cancellation)
    {
        using var loaded = arguments.Open(parsed, cancellation);
        if (ir && loaded.Compiled is null) throw ErrorReport.Option("--ir needs the model that was compiled: an artifact holds kernels, not the graph.");
        using var session = loaded.Model.CreateSession(new InferenceOptions { Threads = 1, Profile = true });
        var operators = session.Profile();
        string? text = ir ? GraphPrinter.Print(loaded.Compiled!.Graph) : null;
        if (arguments.Json(parsed)) PrintJson(loaded.Model, operators, text);
        else PrintText(loaded.Model, operators, text);
        return ErrorReport.Success;
    }

    private static void PrintJson(QuantizedModel model, IReadOnlyList<StepProfile> steps, string? ir) => Json.Print(json =>
    {
        Json.WriteIdentity(json, model);
        json.WriteString("source_sha256", Hash(model));
        Json.WriteTensors(json, "inputs", model.Inputs);
        Json.WriteTensors(json, "outputs", model.Outputs);
        json.WriteStartArray("operators");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("operator", step.Operator);
            json.WriteString("name", step.Name);
            json.WriteString("kernel", step.Kernel);
            json.WriteNumber("multiply_adds", step.MultiplyAdds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("multiply_adds", model.MultiplyAdds);
        json.WriteNumber("artifact_bytes", model.ArtifactBytes);
        json.WriteNumber("arena_bytes", model.ArenaBytes);
        json.WriteNumber("labels", model.Labels.Count);
        json.WriteStartArray("images");
        foreach (var image in model.ImageInputs)
        {
            json.WriteStartObject();
            json.WriteString("input", model.Inputs[image.Input].Name);
            WriteNumbers("mean", image.Mean);
            WriteNumbers("std", image.Std);
            json.WriteString("color_order", ((ColorOrder)image.ColorOrder).ToString());
            json.WriteString("resize", ((ResizeMode)image.Resize).ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (model.ShapeSets.Count > 1)
        {
            json.WriteStartArray("shape_sets");
            foreach (var set in model.ShapeSets)
            {
                json.WriteStartObject();
                Json.WriteTensors(json, "inputs", set.Inputs);
                Json.WriteTensors(json, "outputs", set.Outputs);
                json.WriteNumber("multiply_adds", set.MultiplyAdds);
                json.WriteNumber("arena_bytes", set.ArenaBytes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (ir is not null) json.WriteString("ir", ir);

        void WriteNumbers(string name, IReadOnlyList<float> values)
        {
            json.WriteStartArray(name);
            foreach (float value in values) json.WriteNumberValue(value);
            json.WriteEndArray();
        }
    });

    private static void PrintText(QuantizedModel model, IReadOnlyList<StepProfile> steps, string? ir)
    {
        Console.WriteLine($"{model.Name} ({ModelText.Format(model)}, numerics {ModelText.Numerics(model)}, source SHA-256 {Hash(model)})");
        foreach (var input in model.Inputs) Console.WriteLine($"  input   {input}");
        foreach (var output in model.Outputs) Console.WriteLine($"  output  {output}");
        foreach (var image in model.ImageInputs)
        {
            string Numbers(IReadOnlyList<float> values) => values.Count == 0 ? "none" : string.Join(' ', values.Select(v => v.ToString(CultureInfo.InvariantCulture)));
            Console.WriteLine($"  image   {model.Inputs[image.Input].Name}: mean {Numbers(image.Mean)}, std {Numbers(image.Std)}, {(ColorOrder)image.ColorOrder}, {(ResizeMode)image.Resize}");
        }
        if (model.Labels.Count > 0) Console.WriteLine($"  labels  {model.Labels.Count}");
        Console.WriteLine($"  {steps.Count} operators, {ModelText.Count(model.MultiplyAdds)} multiply-adds, artifact {ModelText.Bytes(model.ArtifactBytes)}, activations {ModelText.Bytes(model.ArenaBytes)}");
        foreach (var set in model.ShapeSets.Skip(1))
        {
            Console.WriteLine($"  or with {ModelText.Inputs(set)} to {string.Join(", ", set.Outputs.Select(o => $"{o.Name} {o.ShapeText}"))}: {ModelText.Count(set.MultiplyAdds)} multiply-adds, activations {ModelText.Bytes(set.ArenaBytes)}");
        }
        Console.WriteLine();
        var table = new TextTable("operator", "count", "multiply-adds") { Numbers = [1, 2] };
        foreach (var group in steps.GroupBy(s => s.Operator).OrderByDescending(g => g.Sum(s => s.MultiplyAdds)).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            table.Add(group.Key, group.Count().ToString(CultureInfo.InvariantCulture), ModelText.Count(group.Sum(s => s.MultiplyAdds)));
        }
        table.Write(Console.Out);
        if (ir is null) return;
        Console.WriteLine();
        Console.Write(ir);
    }

    private static string Hash(QuantizedModel model) => Convert.ToHexStringLower(model.SourceHash.Span);
}
