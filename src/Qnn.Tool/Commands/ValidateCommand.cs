using System.CommandLine;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Validation;
using Qnn.Tool.Output;

namespace Qnn.Tool.Commands;

/// <summary><c>qnn validate</c>: compares a model's answers with recorded ones.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var command = new Command("validate", "Run a model on recorded inputs and compare its outputs with the recorded ones.");
        var arguments = new ModelArguments().AddModel(command).AddExecution(command).AddJson(command);
        var golden = new Option<string>("--golden") { HelpName = "DIR", Required = true, Description = "A folder with golden.json, or with input_<k>.bin and output_<k>.bin." };
        var tolerance = new Option<double>("--tolerance") { HelpName = "N", Description = "The largest difference of an element that passes, in quanta for quantized outputs; 0 unless said." };
        command.Add(golden);
        command.Add(tolerance);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(arguments, parsed, parsed.GetRequiredValue(golden), parsed.GetValue(tolerance), cancellation), cancellation));
        return command;
    }

    private static int Run(ModelArguments arguments, ParseResult parsed, string directory, double tolerance, CancellationToken cancellation)
    {
        if (!(tolerance >= 0)) throw ErrorReport.Option($"--tolerance {tolerance}: it must be 0 or more.");
        var options = arguments.Execution(parsed);
        var goldens = GoldenSet.Load(directory);
        using var loaded = Open(arguments, parsed, goldens, cancellation);
        var comparisons = Progress.Spin("Validating", () => GoldenValidator.Compare(loaded.Model, goldens, tolerance, options, cancellation));
        int failed = comparisons.Count(c => !c.Passed);
        if (arguments.Json(parsed)) PrintJson(loaded, comparisons, tolerance, failed);
        else PrintText(comparisons, tolerance, failed);
        return ErrorReport.Write(GoldenValidator.Diagnose(comparisons, arguments.ModelPath(parsed)));
    }

    // Shapes that neither the model nor the user states are those of the recorded inputs.
    private static LoadedModel Open(ModelArguments arguments, ParseResult parsed, GoldenSet goldens, CancellationToken cancellation)
    {
        string? recorded = arguments.InputShapes(parsed) is null ? goldens.InputShapes : null;
        try
        {
            return arguments.Open(parsed, cancellation);
        }
        catch (ModelException fault) when (recorded is not null && fault.Diagnostics.Any(d => d.Code == DiagnosticCodes.OpenShape))
        {
            return LoadedModel.Open(arguments.ModelPath(parsed), arguments.Numerics(parsed), recorded, arguments.Params(parsed), cancellation);
        }
    }

    private static void PrintJson(LoadedModel loaded, IReadOnlyList<GoldenComparison> comparisons, double tolerance, int failed) => Json.Print(json =>
    {
        Json.WriteIdentity(json, loaded.Model);
        json.WriteBoolean("passed", failed == 0);
        json.WriteNumber("tolerance", tolerance);
        json.WriteStartArray("comparisons");
        foreach (var comparison in comparisons)
        {
            json.WriteStartObject();
            json.WriteString("case", comparison.Case);
            json.WriteString("output", comparison.Output);
            json.WriteNumber("elements", comparison.Elements);
            json.WriteNumber("different", comparison.Different);
            if (double.IsFinite(comparison.LargestDifference)) Json.WriteReal(json, "largest_difference", comparison.LargestDifference);
            else json.WriteString("largest_difference", "Infinity");
            if (comparison.Top.Count > 0)
            {
                WriteList(json, "top", comparison.Top);
                WriteList(json, "recorded_top", comparison.ExpectedTop);
            }
            json.WriteBoolean("passed", comparison.Passed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static void WriteList(System.Text.Json.Utf8JsonWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void PrintText(IReadOnlyList<GoldenComparison> comparisons, double tolerance, int failed)
    {
        foreach (var comparison in comparisons.Where(c => c.Passed)) Console.WriteLine(comparison);
        Console.WriteLine($"{comparisons.Count - failed} of {comparisons.Count} outputs agree{(tolerance > 0 ? $" within {tolerance}" : "")}.");
    }
}
