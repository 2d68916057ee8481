using System.CommandLine;
using Qnn.Compiler;
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
        var dumpIr = new Option<string?>("--dump-ir") { HelpName = "DIR", Description = "Writes the text of every stage into this folder." };
        command.Add(output);
        command.Add(targetCpu);
        command.Add(dumpIr);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(arguments, parsed, parsed.GetValue(output), parsed.GetValue(targetCpu), parsed.GetValue(dumpIr), cancellation), cancellation));
        return command;
    }

    private static int Run(ModelArguments arguments, ParseResult parsed, string? output, string? targetCpu, string? dumpIr, CancellationToken cancellation)
    {
        string path = arguments.ModelPath(parsed);
        if (LoadedModel.IsArtifact(path)) throw ErrorReport.Option($"'{path}' is compiled already.");
        output ??= Path.GetFileNameWithoutExtension(path) + ".qnnc";
        using var files = new OutputFiles();
        int stage = 0;
        var compiled = LoadedModel.Compile(
            new CompileOptions
            {
                ModelPath = path,
                Numerics = arguments.Numerics(parsed),
                InputShapes = arguments.InputShapes(parsed),
                TargetCpu = targetCpu,
                DumpIr = dumpIr is null ? null : (name, text) => files.Add(Path.Combine(dumpIr, $"{stage++:D2}-{name}.txt"), text),
            },
            cancellation);
        files.Add(output, compiled.Artifact);
        files.Commit();
        if (arguments.Json(parsed)) PrintJson(compiled, output);
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
