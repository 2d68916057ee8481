using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Import;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.MachineCode;
using Qnn.Compiler.Passes;
using Qnn.Compiler.Validation;
using Qnn.Runtime;

namespace Qnn.Compiler;

/// <summary>The compiler: a model file in, an artifact out. Knows nothing of MSBuild or the command line.</summary>
public static class ModelCompiler
{
    // Larger files are no models for this runtime: arrays end there.
    private const long MaxFileBytes = int.MaxValue - 64;

    /// <summary>Compiles a model. Faults of the model or the options come back as diagnostics; only faults of the compiler throw.</summary>
    public static CompilationResult Compile(CompileOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var warnings = new List<Diagnostic>();
            return new CompilationResult(CompileOrThrow(options, warnings, cancellation), warnings);
        }
        catch (ModelException fault)
        {
            return new CompilationResult(null, [.. fault.Diagnostics.Select(d => d with { File = d.File ?? options.ModelPath })]);
        }
    }

    /// <summary>Reads a model as far as its typed wrapper needs it, without compiling it.</summary>
    /// <exception cref="ModelException">The model or the options are at fault.</exception>
    public static ModelSignature ReadSignature(CompileOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return DescribeAll(ImportAll(options, [], cancellation), options);
    }

    private static CompiledModel CompileOrThrow(CompileOptions options, List<Diagnostic> warnings, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        var targets = TargetCpus.Parse(options.TargetCpu);
        var imported = ImportAll(options, warnings, cancellation);
        var signature = DescribeAll(imported, options);
        var optimized = imported.Select((import, set) => PassPipeline.Run(import.Graph, Observer(options, set), cancellation)).ToArray();
        var programs = optimized.Select(graph => GraphLowering.Lower(graph, cancellation)).ToArray();
        ShapeSets.CheckState(programs);
        cancellation.ThrowIfCancellationRequested();
        byte[] artifact = ArtifactWriter.Write(programs, signature.Metadata, new CompiledCode?[programs.Length]);
        CheckSteps(artifact);
        if (TargetCpus.IncludeVnni(targets)) artifact = ArtifactWriter.Write(programs, signature.Metadata, CompiledCode.GenerateAll(artifact, TargetCpus.IncludeAmx(targets) ? AmxUse.WhereItPays : AmxUse.Never, cancellation));
        long arenaBytes = programs.Max(p => p.ArenaBytes), multiplyAdds = programs.Max(p => p.MultiplyAdds);
        CheckBudgets(options, artifact.Length, arenaBytes, multiplyAdds);
        if (!string.IsNullOrEmpty(options.Golden)) Validate(artifact, options, cancellation);
        return new CompiledModel
        {
            Name = optimized[0].Name,
            Artifact = artifact,
            Graph = optimized[0],
            Metadata = signature.Metadata,
            Signature = signature,
            MultiplyAdds = multiplyAdds,
            ArenaBytes = arenaBytes,
            Elapsed = Stopwatch.GetElapsedTime(start),
        };
    }

    private static Action<string, Graph>? Observer(CompileOptions options, int set)
    {
        if (options.DumpIr is not { } dump) return null;
        return (stage, graph) => dump(set == 0 ? stage : $"{stage}-shapes{set + 1}", GraphPrinter.Print(graph));
    }

    // One graph for each set of input shapes.
    private static IReadOnlyList<(Graph Graph, ArtifactMetadata Metadata)> ImportAll(CompileOptions options, List<Diagnostic> warnings, CancellationToken cancellation)
    {
        var shapes = InputShapes.Parse(options.InputShapes);
        var imported = new List<(Graph Graph, ArtifactMetadata Metadata)> { Import(options, shapes, warnings, cancellation) };
        int sets = shapes.Split([.. imported[0].Graph.Inputs.Select(i => i.Name)]).Count;
        for (int set = 1; set < sets; set++) imported.Add(Import(options, shapes.WithSet(set), [], cancellation));
        ShapeSets.Check([.. imported.Select(i => i.Graph)]);
        return imported;
    }

    private static (Graph Graph, ArtifactMetadata Metadata) Import(CompileOptions options, InputShapes shapes, List<Diagnostic> warnings, CancellationToken cancellation)
    {
        string name = options.Name ?? Path.GetFileNameWithoutExtension(options.ModelPath);
        byte[] bytes = ReadFile(options.ModelPath);
        var format = ModelFormats.Find(options.ModelPath, bytes);
        if (options.Params is { } file && !format.HasParams) throw new ModelException(DiagnosticCodes.InvalidOption, $"Params is '{file}', but {format.Name} models hold their parameters themselves, or say where they are. Leave it out.");
        var imported = format.Import(bytes, new ImportOptions(name, options.Numerics, shapes, options.ModelPath, options.Params), cancellation);
        warnings.AddRange(imported.Remarks.Select(remark => Diagnostic.Warning(DiagnosticCodes.MetadataIgnored, remark, options.ModelPath)));
        return (imported.Graph, new ArtifactMetadata(
            SHA256.HashData(bytes), format.Name, $"{format.Name}/{imported.Numerics}", imported.Description, imported.Labels, imported.Images, imported.InputDescriptions, imported.OutputDescriptions));
    }

    private static ModelSignature DescribeAll(IReadOnlyList<(Graph Graph, ArtifactMetadata Metadata)> imported, CompileOptions options)
    {
        string file = Path.GetFileName(options.ModelPath);
        var signatures = imported.Select(import => ModelSignature.Of(import.Graph, import.Metadata, file)).ToArray();
        return signatures[0] with { Metadata = MetadataOptions.Apply(signatures[0], options), Alternatives = signatures[1..] };
    }

    // What a runtime would reject, such as scales whose quotient overflows, is a fault of the model.
    private static void CheckSteps(byte[] artifact)
    {
        using var model = QuantizedModel.LoadTrusted(artifact);
        try
        {
            foreach (var set in model.ShapeSets) set.Verify();
        }
        catch (QnnFormatException fault)
        {
            throw new ModelException(DiagnosticCodes.UnsupportedForm, $"Its extents or scales cannot be computed with. {fault.Message}");
        }
    }

    private static void CheckBudgets(CompileOptions options, long artifactBytes, long arenaBytes, long multiplyAdds)
    {
        var faults = new List<Diagnostic>();
        Check(artifactBytes, options.MaxArtifactBytes, DiagnosticCodes.ArtifactBudget, "The artifact has {0} bytes; MaxArtifactBytes allows {1}.");
        Check(arenaBytes, options.MaxArenaBytes, DiagnosticCodes.ArenaBudget, "The activations take {0} bytes; MaxArenaBytes allows {1}.");
        Check(multiplyAdds, options.MaxMacs, DiagnosticCodes.MacBudget, "A call takes {0} multiply-adds; MaxMacs allows {1}.");
        if (faults.Count > 0) throw new ModelException(faults);

        void Check(long value, long? limit, string code, string message)
        {
            if (value > limit) faults.Add(Diagnostic.Error(code, string.Format(CultureInfo.InvariantCulture, message, value, limit)));
        }
    }

    private static void Validate(byte[] artifact, CompileOptions options, CancellationToken cancellation)
    {
        using var model = QuantizedModel.LoadTrusted(artifact);
        var comparisons = GoldenValidator.Compare(model, GoldenSet.Load(options.Golden!), options.Tolerance, cancellation: cancellation);
        var differences = GoldenValidator.Diagnose(comparisons);
        if (differences.Count > 0) throw new ModelException(differences);
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw new ModelException(DiagnosticCodes.FileNotFound, Directory.Exists(path) ? $"'{path}' is a folder, not a model file." : $"The model file '{path}' does not exist.");
            if (file.Length > MaxFileBytes) throw new ModelException(DiagnosticCodes.TooLarge, $"The model file has {file.Length} bytes; at most {MaxFileBytes} are supported.");
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ModelException(DiagnosticCodes.FileNotFound, $"The model file cannot be read: {fault.Message}");
        }
    }
}
