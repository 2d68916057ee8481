using System.CommandLine;
using Qnn.Compiler;
using Qnn.Compiler.Emit;
using Qnn.Tool.Output;

namespace Qnn.Tool.Commands;

/// <summary><c>qnn compile</c>: a model file in, an artifact out.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var command = new Command("compile", "Compile a model file to an artifact (.qnnc).");
        var arguments = new ModelArguments().AddModel(command).AddJson(command);
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE.qnnc", Description = "The artifact; by default the model's name with .qnnc, in the current folder." };
        var targetCpu = new Option<string?>("--target-cpu") { HelpName = "T", Description = "CPUs to specialise for, separated by ';'." };
        var labels = new Option<string?>("--labels") { HelpName = "FILE", Description = "A class name a line; by default those that the model brings along." };
        var wrapper = new Option<string?>("--wrapper") { HelpName = "FILE.g.cs", Description = "Also writes the typed C# class, which finds the artifact as its assembly's resource NAMESPACE.CLASS.qnnc." };
        var className = new Option<string?>("--class") { HelpName = "C", Description = "The class's name; by default the model's in PascalCase." };
        var nameSpace = new Option<string?>("--namespace") { HelpName = "N", Description = "The class's namespace; none unless said." };
        var dumpIr = new Option<string?>("--dump-ir") { HelpName = "DIR", Description = "Writes the text of every stage into this folder." };
        var report = new Option<string?>("--report") { HelpName = "FILE", Description = "Writes what became of every operator: as JSON where the name ends in .json, else as HTML." };
        command.Add(output);
        command.Add(targetCpu);
        command.Add(labels);
        command.Add(wrapper);
        command.Add(className);
        command.Add(nameSpace);
        command.Add(dumpIr);
        command.Add(report);
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                string path = arguments.ModelPath(parsed);
                var options = new CompileOptions
                {
                    ModelPath = path,
                    Numerics = arguments.Numerics(parsed),
                    InputShapes = arguments.InputShapes(parsed),
                    Params = arguments.Params(parsed),
                    TargetCpu = parsed.GetValue(targetCpu),
                    LabelsPath = parsed.GetValue(labels),
                };
                var wrapperOptions = Wrapper(path, parsed.GetValue(wrapper), parsed.GetValue(className), parsed.GetValue(nameSpace));
                return Run(options, parsed.GetValue(output), parsed.GetValue(wrapper), wrapperOptions, parsed.GetValue(dumpIr), parsed.GetValue(report), arguments.Json(parsed), cancellation);
            },
            cancellation));
        return command;
    }

    private static WrapperOptions? Wrapper(string model, string? file, string? className, string? nameSpace)
    {
        if (file is null)
        {
            if (className is not null || nameSpace is not null) throw ErrorReport.Option("--class and --namespace are for --wrapper.");
            return null;
        }
        className ??= Identifiers.ClassName(model);
        if (!Identifiers.IsIdentifier(className)) throw ErrorReport.Option($"--class '{className}' is no C# identifier.");
        if (Identifiers.IsTaken(className)) throw ErrorReport.Option($"--class '{className}' is the name of one of the class's own members; take another.");
        if (!Identifiers.IsNamespace(nameSpace)) throw ErrorReport.Option($"--namespace '{nameSpace}' is no C# namespace.");
        return new WrapperOptions { ClassName = className, Namespace = nameSpace ?? "" };
    }

    private static int Run(CompileOptions options, string? output, string? wrapper, WrapperOptions? wrapperOptions, string? dumpIr, string? report, bool json, CancellationToken cancellation)
    {
        if (LoadedModel.IsArtifact(options.ModelPath)) throw ErrorReport.Option($"'{options.ModelPath}' is compiled already.");
        output ??= Path.GetFileNameWithoutExtension(options.ModelPath) + ".qnnc";
        using var files = new OutputFiles();
        int stage = 0;
        var compiled = LoadedModel.Compile(
            options with { DumpIr = dumpIr is null ? null : (name, text) => files.Add(Path.Combine(dumpIr, $"{stage++:D2}-{name}.txt"), text) },
            cancellation);
        files.Add(output, compiled.Artifact);
        if (wrapperOptions is not null) files.Add(wrapper!, WrapperEmitter.Emit(compiled.Signature, wrapperOptions with { ArtifactHash = compiled.ArtifactHash }));
        if (report is not null) files.Add(report, report.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ModelReport.Json(compiled) : ModelReport.Html(compiled));
        files.Commit();
        if (json) PrintJson(compiled, output);
        else Console.WriteLine($"{compiled.Name}: {compiled.OperatorCount} operators, {ModelText.Count(compiled.MultiplyAdds)} multiply-adds, artifact {ModelText.Bytes(compiled.Artifact.Length)}, activations {ModelText.Bytes(compiled.ArenaBytes)}, {ModelText.Milliseconds(compiled.Elapsed.TotalMilliseconds)} -> {output}");
        return ErrorReport.Success;
    }

    private static void PrintJson(CompiledModel compiled, string output) => Json.Print(json =>
    {
        json.WriteString("model", compiled.Name);
        json.WriteString("file", output);
        json.WriteNumber("operators", compiled.OperatorCount);
        json.WriteNumber("multiply_adds", compiled.MultiplyAdds);
        json.WriteNumber("artifact_bytes", compiled.Artifact.Length);
        json.WriteNumber("arena_bytes", compiled.ArenaBytes);
        Json.WriteReal(json, "milliseconds", compiled.Elapsed.TotalMilliseconds);
    });
}
